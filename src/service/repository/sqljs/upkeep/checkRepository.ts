import { sortProblems, type RepositoryProblem, type RepositoryReport } from '../../../../core/repository/report';
import type { UpkeepOptions } from '../../upkeep';
import { checkCatalogue } from './checkCatalogue';
import { checkContents, type ContentProblem } from './checkContents';
import { checkJournals } from './checkJournals';
import type { UpkeepParts } from './upkeepParts';

/** A check, with what a repair needs to know beyond the report. */
export interface Findings {
  readonly report: RepositoryReport;
  readonly damagedContents: readonly ContentProblem[];
}

/** Where the percent of each part begins; reading the archives takes nearly all of the time. */
const contentsFrom = 5;
const contentsTo = 95;

/** Checks everything. Changes nothing. */
export async function checkRepository(parts: UpkeepParts, { signal, report }: UpkeepOptions): Promise<Findings> {
  let told = -1;
  const tell = (percent: number): void => {
    if (Math.floor(percent) > told) report(told = Math.floor(percent));
  };
  const startedAt = parts.now().toISOString();
  tell(0);
  const catalogue = await checkCatalogue(parts, signal);
  tell(contentsFrom);
  const contents = await checkContents(parts, signal, (part) => tell(contentsFrom + (contentsTo - contentsFrom) * part));
  tell(contentsTo);
  const journals = await checkJournals(parts, signal);
  tell(100);
  const problems: RepositoryProblem[] = [
    ...catalogue.problems, ...contents.damaged.map(({ content: _, ...problem }) => problem), ...contents.superfluous, ...journals.problems,
  ];
  return {
    report: {
      problems: sortProblems(problems),
      checked: { packages: contents.packages, files: catalogue.files + contents.files + journals.files, bytes: contents.bytes },
      startedAt, endedAt: parts.now().toISOString(),
    },
    damagedContents: contents.damaged,
  };
}
