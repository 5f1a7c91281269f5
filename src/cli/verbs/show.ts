import { maskSecrets } from '../../core/formats/silentIni/secrets';
import { describeOperatingSystem } from '../../core/packages/identity';
import { exitDone, type Verb } from '../context';
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
    const { silentIni, ...rest } = details;
    // A package's own silent.ini can hold a password that somebody wrote into it.
    const shown = { ...rest, ...packageAsJson(rest, tenants), ...(silentIni !== undefined && { silentIni: maskSecrets(silentIni) }), files };
    context.terminal.out(JSON.stringify(shown, undefined, 2));
    return exitDone;
  }
  const rows: readonly (readonly [string, string])[] = [
    [context.text('nickname'), details.nickname],
    [context.text('version'), details.version],
    [context.text('release'), context.text('build', { type: details.releaseType, number: details.buildNumber, date: details.buildDate })],
    [context.text('localeId'), details.localeId],
    [context.text('system'), describeOperatingSystem(details, context.text('bit'))],
    [context.text('status'), context.text('statusComplete')],
    [context.text('updated'), details.updatedAt],
    [context.text('group'), details.group === '' ? context.text('ungrouped') : details.group],
    [context.text('tenants'), details.tenants.join(', ')],
    [context.text('description'), (details.description === '' ? details.productDescription : details.description).replaceAll(/\s+/g, ' ').trim()],
    [context.text('archive'), details.archiveName],
    [context.text('size'), context.text('bytes', { n: details.size })],
    [context.text('hash'), details.sha256],
    [context.text('files'), context.text('unpacked', { n: details.fileCount, size: details.unpackedSize })],
    [context.text('license'), context.text(details.licenseNeeded ? 'licenseNeeded' : 'licenseNotNeeded')],
    [context.text('templates'), details.templates.map((template) => template.path).join(', ')],
  ];
  const width = Math.max(...rows.map(([label]) => Array.from(label).length));
  context.terminal.out(details.name);
  for (const [label, value] of rows) context.terminal.out(`  ${label}${' '.repeat(width - Array.from(label).length)}  ${value}`.trimEnd());
  return exitDone;
};
