import type { SolutionDefinition, SpdInput } from '../core/formats/spd/read';
import type { PackageDetails } from '../core/packages/model';
import { unsupportedCommands, type ReferredPackage, type StoredSolution } from '../core/packages/solution';
import { contentText, describeComplete } from '../core/text/contentText';
import { createText } from '../core/text/messages';
import type { CliContext } from './context';

const presences = { present: 'inRepository', missing: 'notInRepository', computed: 'knownAtRun' } as const;

/** The fields of a solution definition, as `show` lists them. */
export function solutionRows(context: CliContext, details: PackageDetails, { path, deploymentKey, schemaVersion }: StoredSolution): readonly (readonly [string, string])[] {
  const { locale } = context;
  const text: CliContext['text'] = (key, args) => context.text(key, args);
  const found = createText(locale, contentText);
  return [
    [found('fieldDefinition'), path],
    [text('version'), details.version],
    [found('fieldDeploymentKey'), deploymentKey],
    [found('fieldSchemaVersion'), schemaVersion],
    [text('status'), describeComplete(locale, details.notes)],
    [text('updated'), details.updatedAt],
    [text('group'), details.group === '' ? text('ungrouped') : details.group],
    [text('tenants'), details.tenants.join(', ')],
    [text('description'), inOneLine(details.description === '' ? details.productDescription : details.description)],
    [text('archive'), details.archiveName],
    [text('size'), text('bytes', { n: details.size })],
    [text('hash'), details.sha256],
    [text('files'), text('unpacked', { n: details.fileCount, size: details.unpackedSize })],
  ];
}

/** What a solution definition asks, installs and cannot do yet: the same as its page tells. */
export function describeSolution({ locale }: CliContext, solution: SolutionDefinition, packages: readonly ReferredPackage[]): readonly string[] {
  const text = createText(locale, contentText);
  const lines: string[] = [];
  const input = ({ name, title, type, required, defaultValue }: SpdInput): string => {
    const more = [type, required ? text('required') : '', defaultValue === '' ? '' : text('defaultValue', { value: defaultValue })].filter((part) => part !== '').join(', ');
    return `      ${name}${title === '' ? '' : `  ${title}`}  (${more})`;
  };
  if (solution.summary !== '') lines.push(text('sectionSummary'), `  ${inOneLine(solution.summary)}`);
  lines.push(text('sectionProfiles'));
  for (const profile of solution.profiles) {
    lines.push(`  ${profile.name}`);
    for (const said of [profile.description, profile.summary]) if (said !== '') lines.push(`    ${inOneLine(said)}`);
    if (profile.dialogs.length === 0) lines.push(`    ${text('noDialogs')}`);
    for (const [i, { title, inputs }] of profile.dialogs.entries()) lines.push(`    ${title === '' ? text('pageNumber', { n: i + 1 }) : title}`, ...inputs.map(input));
  }
  lines.push(text('sectionPackages'));
  if (packages.length === 0) lines.push(`  ${text('noPackages')}`);
  for (const { longName, version, line, presence } of packages) lines.push(`  ${longName} ${version}  (${text('onLines', { n: 1, lines: String(line) })}): ${text(presences[presence])}`);
  const unsupported = unsupportedCommands(solution);
  lines.push(text('sectionUnsupported'));
  if (unsupported.length === 0) lines.push(`  ${text('nothingUnsupported')}`);
  for (const { name, lines: places } of unsupported) lines.push(`  ${name}  (${text('onLines', { n: places.length, lines: places.join(', ') })})`);
  return lines;
}

function inOneLine(value: string): string {
  return value.replaceAll(/\s+/g, ' ').trim();
}
