import { lintFolder } from '../../core/language/lint';
import { productVersion } from '../../service/client';
import { exitDone, exitFailed, textIn, type CliContext, type Verb } from '../context';
import { collectFiles, type Obstacle } from '../lint/collectFiles';
import { asLine, asSarif, findingOf, findingsOf, type Finding } from '../lint/report';
import { parseOptions, requireArgument, UsageError } from '../usage';

/** `gaxpkg lint PATH… [--format text|json|sarif] [--locale en|fr] [--max-warnings N]` */
export const lint: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { format: { type: 'string' }, locale: { type: 'string' }, 'max-warnings': { type: 'string' } });
  requireArgument(positionals, 0, 'PATH');
  const format = oneOf('--format', values.format ?? 'text', ['text', 'json', 'sarif'] as const);
  const locale = values.locale === undefined ? context.locale : oneOf('--locale', values.locale, ['en', 'fr'] as const);
  const allowedWarnings = readCount(values['max-warnings']);

  const { findings, files } = await lintPaths({ ...context, locale, text: textIn(locale) }, positionals);
  if (format === 'sarif') context.terminal.out(JSON.stringify(asSarif(findings, productVersion), undefined, 2));
  else if (format === 'json') context.terminal.out(JSON.stringify(findings, undefined, 2));
  else for (const finding of findings) context.terminal.out(asLine(finding));

  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  context.terminal.note(textIn(locale)('lintSummary', { files, errors, warnings, hints: findings.length - errors - warnings }));
  return errors > 0 || warnings > allowedWarnings ? exitFailed : exitDone;
};

async function lintPaths(context: CliContext, paths: readonly string[]): Promise<{ readonly findings: readonly Finding[]; readonly files: number }> {
  const findings: Finding[] = [];
  let files = 0;
  const onObstacle = (obstacle: Obstacle) => void findings.push(findingOf(obstacle, context));
  for await (const { archive, named, files: ofFolder } of collectFiles(paths, onObstacle)) {
    const linted = lintFolder(ofFolder);
    files += linted.length;
    for (const file of linted) findings.push(...findingsOf(file, archive, context.locale));
    const known = new Set(linted.map((file) => file.path));
    if (named) for (const { path } of ofFolder) if (!known.has(path)) onObstacle({ path, kind: 'unknown-format' });
  }
  return { findings, files };
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError('badValue', { option, value, what: allowed.join(', ') });
  return found;
}

function readCount(value: string | undefined): number {
  if (value === undefined) return Infinity;
  if (!/^\d{1,9}$/.test(value)) throw new UsageError('badValue', { option: '--max-warnings', value, what: '0, 1, 2, …' });
  return Number(value);
}
