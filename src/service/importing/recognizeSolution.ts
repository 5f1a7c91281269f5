import { ProductError } from '../../core/errors';
import { describeProblem } from '../../core/formats/describeProblem';
import { firstError, lineColumn } from '../../core/formats/problem';
import { readSpd } from '../../core/formats/spd/read';
import { recognizeFormat } from '../../core/language/recognizeFormat';
import { loneDefinitionPath, longestDefinition, type StoredSolution } from '../../core/packages/solution';
import type { PackageFile } from '../../core/packages/model';
import { decodeText } from '../../core/text/utf8';
import type { ArchiveVisitor } from '../archive/archive';
import { printableName } from '../archive/printableName';

/** Sees the files of one archive pass by and tells at the end what solution definition is among them. */
export interface SolutionRecognizer extends Required<Pick<ArchiveVisitor, 'wantsContent' | 'onContent'>> {
  /** Whether one has come by. */
  isFound(): boolean;
  /**
   * Undefined when there is none.
   * @throws ProductError `import/definition-unreadable`, `import/several-definitions`
   */
  result(): StoredSolution | undefined;
}

/** XML files of one archive that are looked into. */
const mostLookedInto = 200;
/** Entries that a message names. */
const mostNamed = 5;

/**
 * A definition is XML (`.xml` or `.spd`) with the root `solutionDefinition`, at the archive's root or in a folder of it; or
 * the XML alone. What stands in the folders of a package is the package's.
 */
export function createSolutionRecognizer(archive: string): SolutionRecognizer {
  const found: { readonly path: string; readonly text: string }[] = [];
  let count = 0;
  let looked = 0;

  return {
    wantsContent({ path, size }) {
      // A longer one is not refused: it is just none of ours.
      if (!isPlace(path) || size > longestDefinition || looked >= mostLookedInto) return undefined;
      looked++;
      return longestDefinition;
    },
    onContent({ path }: PackageFile, content) {
      if (!isPlace(path)) return;
      const text = decodeText(content);
      if (path !== loneDefinitionPath && recognizeFormat('a.xml', text.slice(0, 4096)) !== 'spd') return;
      count++;
      if (found.length < mostNamed) found.push({ path, text });
    },
    isFound: () => count > 0,
    result() {
      const [first] = found;
      if (first === undefined) return undefined;
      if (count > 1) {
        const entries = found.map(({ path }) => printableName(path)).join(', ') + (count > found.length ? ', …' : '');
        throw new ProductError('import/several-definitions', { file: archive, n: count, entries });
      }
      const { path, text } = first;
      const { definition, problems } = readSpd(text);
      if (definition !== undefined) return { ...definition, path };
      const problem = firstError(problems) ?? { code: 'xml.no-root', start: 0, args: {} };
      const reason = describeProblem('en', problem).replace(/\.$/, '');
      throw new ProductError('import/definition-unreadable', {
        ...problem.args, problem: problem.code, reason, file: archive, entry: path === loneDefinitionPath ? 'none' : printableName(path), ...lineColumn(text, problem.start),
      });
    },
  };
}

function isPlace(path: string): boolean {
  return /^(?:(?!(?:ip|templates)\/)[^/]+\/)?[^/]+\.(?:xml|spd)$/i.test(path);
}
