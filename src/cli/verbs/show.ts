import { isSecretKey, maskSecrets } from '../../core/formats/silentIni/secrets';
import { describeOperatingSystem } from '../../core/packages/identity';
import type { TemplateOption } from '../../core/formats/tpl/read';
import type { PackageDetails, TemplateOptions } from '../../core/packages/model';
import { referredPackages, unsupportedCommands, type ReferredPackage } from '../../core/packages/solution';
import { mask } from '../../core/text/mask';
import { contentText, describeComplete, describeInstallation, describeNote } from '../../core/text/contentText';
import { createText } from '../../core/text/messages';
import type { ServiceClient } from '../../service/client';
import { exitDone, type CliContext, type Verb } from '../context';
import { describeSolution, solutionRows } from '../describeSolution';
import { selectPackage } from '../selectPackage';
import { parseOptions, requireArgument, takeNoMore } from '../usage';
import { packageAsJson } from './list';

/** `gaxpkg show NAME[@VERSION] [--tenant T] [--json]`: all that is known of one package. */
export const show: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' }, tenant: { type: 'string' } });
  const reference = requireArgument(positionals, 0, 'NAME');
  takeNoMore(positionals, 1);
  const client = await context.connect();
  const found = await selectPackage(context, client, reference, values.tenant);
  const [details, files, tenants] = await Promise.all([
    client.request('packages/get', { id: found.id, tenantId: found.tenantId }),
    client.request('packages/files', { id: found.id }),
    client.request('tenants/list', {}),
  ]);
  if (values.json === true) {
    const { silentIni, templateOptions, ...rest } = details;
    // A package's own silent.ini can hold a password that somebody wrote into it.
    const shown = { ...rest, ...packageAsJson(rest, tenants), ...(silentIni !== undefined && { silentIni: maskSecrets(silentIni) }), ...(templateOptions && { templateOptions: templateOptions.map(maskOptions) }), files };
    const { solution } = details;
    context.terminal.out(JSON.stringify({ ...shown, ...(solution && { packages: await referred(client, details), unsupportedCommands: unsupportedCommands(solution) }) }, undefined, 2));
    return exitDone;
  }
  context.terminal.out(details.name);
  const { solution } = details;
  if (solution === undefined) writeRows(context, packageRows(context, details));
  else {
    writeRows(context, solutionRows(context, details, solution));
    for (const line of describeSolution(context, solution, await referred(client, details))) context.terminal.out(line);
  }
  for (const note of details.notes ?? []) context.terminal.note(describeNote(context.locale, note));
  return exitDone;
};

type Rows = readonly (readonly [label: string, value: string])[];

function writeRows(context: CliContext, rows: Rows): void {
  const shown = rows.filter(([, value]) => value !== '');
  const width = Math.max(...shown.map(([label]) => Array.from(label).length));
  for (const [label, value] of shown) context.terminal.out(`  ${label}${' '.repeat(width - Array.from(label).length)}  ${value}`.trimEnd());
}

/** What a definition installs, held against the packages of its tenant. */
async function referred(client: ServiceClient, { solution, tenantId }: PackageDetails): Promise<readonly ReferredPackage[]> {
  if (solution === undefined) return [];
  const packages = await client.request('packages/list', { tenantId });
  return referredPackages(solution, packages.filter(({ kind }) => kind !== 'solution-definition'));
}

function packageRows(context: CliContext, details: PackageDetails): Rows {
  const found = createText(context.locale, contentText);
  return [
    [context.text('nickname'), details.nickname],
    [context.text('version'), details.version],
    [context.text('release'), context.text('build', { type: details.releaseType, number: details.buildNumber, date: details.buildDate })],
    [context.text('localeId'), details.localeId],
    [context.text('system'), describeOperatingSystem(details, context.text('bit'))],
    [context.text('status'), describeComplete(context.locale, details.notes)],
    [context.text('updated'), details.updatedAt],
    [context.text('group'), details.group === '' ? context.text('ungrouped') : details.group],
    [context.text('tenants'), details.tenants.join(', ')],
    [context.text('description'), (details.description === '' ? details.productDescription : details.description).replaceAll(/\s+/g, ' ').trim()],
    [context.text('archive'), details.archiveName],
    [context.text('size'), context.text('bytes', { n: details.size })],
    [context.text('hash'), details.sha256],
    [context.text('sharing'), context.text('sharedBy', { n: details.tenants.length })],
    [context.text('cameAs'), details.importMethod],
    [context.text('nestedArchive'), details.nested === undefined ? '' : `${details.nested.path} (SHA-256 ${details.nested.sha256})`],
    [context.text('files'), context.text('unpacked', { n: details.fileCount, size: details.unpackedSize })],
    [context.text('license'), context.text(details.licenseNeeded ? 'licenseNeeded' : 'licenseNotNeeded')],
    [context.text('templates'), details.templates.map((template) => template.path).join(', ')],
    [found('fieldInstallation'), [...new Set((details.installation ?? []).map((way) => describeInstallation(context.locale, way)))].join(', ')],
    [found('sectionOptions'), (details.templateOptions ?? []).flatMap(({ options }) => options.map((one) => `${one.section}/${one.option}=${shownValue(one)}`)).join(', ')],
  ];
}

function shownValue({ section, option, defaultValue }: TemplateOption): string {
  return defaultValue !== '' && isSecretKey(section, option) ? mask : defaultValue;
}

function maskOptions({ path, options }: TemplateOptions): TemplateOptions {
  return { path, options: options.map((one) => ({ ...one, defaultValue: shownValue(one) })) };
}
