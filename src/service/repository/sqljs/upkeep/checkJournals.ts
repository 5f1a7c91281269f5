import * as path from 'node:path';
import { describeIdentity } from '../../../../core/packages/identity';
import type { PackageIdentity } from '../../../../core/packages/identity';
import type { RepositoryProblem } from '../../../../core/repository/report';
import { text } from '../rows';
import { nextSlice, type UpkeepParts } from './upkeepParts';

/** Reads every log of a deployment, and looks for those that are gone or belong to nobody. */
export async function checkJournals(parts: UpkeepParts, signal: AbortSignal): Promise<{ readonly problems: readonly RepositoryProblem[]; readonly files: number }> {
  const { files, journals, store, journalFolder } = parts;
  const problems: RepositoryProblem[] = [];
  // The files first: a deployment that begins meanwhile is then among the known ones.
  const names = await files.list(journalFolder);
  const deployments = await store.read((reader) => new Map(reader.all('SELECT id, state, identity, started_at FROM deployments').map((row) => [text(row, 'id'), {
    state: text(row, 'state'), subject: `${nameOfPackage(text(row, 'identity'))}, ${text(row, 'started_at')}`,
  }])));
  for (const name of names) {
    await nextSlice(signal);
    const file = `journals/${name}`;
    const id = name.endsWith('.jsonl') ? name.slice(0, -'.jsonl'.length) : '';
    const deployment = deployments.get(id);
    if (deployment === undefined) {
      problems.push({ code: id === '' ? 'file-foreign' : 'journal-orphaned', severity: 'warning', file });
      continue;
    }
    const damage = await journals.inspect(id);
    if (damage) problems.push({ code: 'journal-damaged', severity: 'error', file, subject: deployment.subject, offset: Number(damage.args['offset'] ?? 0) });
  }
  const present = new Set(names);
  for (const [id, { state, subject }] of deployments) {
    // One that has only just begun has no log yet.
    const hasEnded = state === 'complete' || state === 'failed' || state === 'cancelled';
    if (hasEnded && !present.has(`${id}.jsonl`) && await files.size(path.join(journalFolder, `${id}.jsonl`)) === undefined) {
      problems.push({ code: 'journal-missing', severity: 'error', file: `journals/${id}.jsonl`, subject });
    }
  }
  return { problems, files: names.length };
}

function nameOfPackage(json: string): string {
  try {
    return describeIdentity(JSON.parse(json) as PackageIdentity);
  } catch {
    return json;
  }
}
