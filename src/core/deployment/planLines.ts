import type { ApplicationValue } from '../configuration/mergeApplication';
import { describeError, type ErrorData } from '../errors';
import { cliPlanText } from '../text/cliPlanText';
import { deploySummaryText } from '../text/deploySummaryText';
import { formatBytes } from '../text/measures';
import { createText, type Locale, type Text } from '../text/messages';
import { plugInText } from '../text/plugInText';
import { formatTable } from '../text/table';
import type { HostPlanView } from './planView';
import { gaxLibrary } from './plugIn';

interface Context {
  readonly locale: Locale;
  readonly text: Text<keyof typeof cliPlanText.en>;
}

/** Whether something stands against the plan on a host. */
export function isRefused({ error, problems }: HostPlanView): boolean {
  return error !== undefined || problems.length > 0;
}

/** What would be done on one host, to be read as plain text. */
export function planLines(locale: Locale, host: HostPlanView): readonly string[] {
  const context: Context = { locale, text: createText(locale, cliPlanText) };
  const say = (severity: 'planError' | 'planWarning', { code, args }: ErrorData): string => `  ${context.text(severity, { message: describeError(locale, { code, args }), code })}`;
  const lines = [host.hostName, ...[...(host.error ? [host.error] : []), ...host.problems].map((error) => say('planError', error)), ...host.warnings.map((error) => say('planWarning', error))];
  if (host.skip !== undefined) return [...lines, `  ${context.text('planSkipped', { name: host.applicationName })}`];
  if (host.error === undefined) lines.push(...effects(context, host));
  return [...lines, ...applicationLines(context, host), ...silentIniLines(context, host), ...host.commands.map((command) => `  ${context.text('planRun', { command })}`)];
}

function effects(context: Context, host: HostPlanView): readonly string[] {
  const { locale } = context;
  const { installPath, installedVersion, backup, backups, plugIn } = host;
  const words = createText(locale, plugInText);
  const kept = host.application.values.filter(({ why }) => why === 'existingKept').length;
  const rows = [
    [context.text('planSend'), host.sent === 0 ? context.text('planSendNothing', { n: host.files }) : context.text('planSendFiles', { n: host.files, size: formatBytes(locale, host.sent) })],
    [context.text('planInstall'), installPath === undefined ? context.text('planInstallOpen') : installedVersion === undefined ? installPath : context.text('planInstallOver', { folder: installPath, version: installedVersion })],
    ...(backup === undefined ? [] : [[context.text('planBackUp'), context.text('planBackUpInto', { folder: backup })]]),
    ...(backups.length === 0 ? [] : [[context.text('planKeep'), context.text('planKeepBackups', { n: backups.length })]]),
    ...(plugIn?.gax === undefined ? [] : [[context.text('planGax'), `${plugIn.gax.directory}/${gaxLibrary}: ${words(plugIn.gax.hasLibrary === false ? 'filesNotEffect' : 'filesEffect')}`]]),
    ...(kept === 0 || plugIn !== undefined ? [] : [[context.text('planKeep'), context.text('planKeepValues', { n: kept, name: host.applicationName })]]),
    ...host.space.map((need) => [context.text('planDisk'), context.text('planDiskNeed', { needed: formatBytes(locale, need.needed), free: formatBytes(locale, need.free), folder: need.folders.join(', ') })]),
    [context.text('planObject'), plugIn === undefined ? describeObject(context, host) : `${host.applicationName}: ${words('optionsAdded', { n: plugIn.added, m: plugIn.stay })}`],
  ];
  const width = Math.max(...rows.map(([name = '']) => name.length));
  return rows.map(([name = '', words = '']) => `  ${name.padEnd(width)}  ${words}`);
}

function describeObject(context: Context, { application, applicationName: name }: HostPlanView): string {
  const { movesFrom, referredBy = [], change } = application;
  if (movesFrom !== undefined) return context.text('planObjectMoves', { from: movesFrom, name, n: referredBy.length, others: referredBy.join(', ') });
  return context.text(change === 'create' ? 'planObjectCreated' : 'planObjectChanged', { name });
}

const reasons: Readonly<Record<ApplicationValue['why'], 'whyNewVersion' | 'whyEntered' | 'whyExistingKept' | 'whyAdded' | 'whyEqual'>> = {
  newVersion: 'whyNewVersion', entered: 'whyEntered', existingKept: 'whyExistingKept', added: 'whyAdded', equal: 'whyEqual',
};

function applicationLines(context: Context, { application: { values } }: HostPlanView): readonly string[] {
  const shown = values.filter(({ why }) => why !== 'equal');
  const header = (['colValue', 'colExisting', 'colNewPackage', 'colResult', 'colWhy'] as const).map((key) => context.text(key));
  const rows = shown.map(({ name, existing = '', fresh = '', result, why }) => [name, existing, fresh, result, deploySummaryText[context.locale][reasons[why]]]);
  const equal = values.length - shown.length;
  return ['', ...(shown.length === 0 ? [] : formatTable(header, rows)), ...(equal === 0 ? [] : [context.text('planValuesEqual', { n: equal })])].map((line) => (line === '' ? '' : `  ${line}`));
}

/** The whole file the first time, later what is another since. */
function silentIniLines(context: Context, { silentIni, silentIniChanges }: HostPlanView): readonly string[] {
  if (silentIni === '') return [''];
  if (silentIniChanges === undefined) return ['', `  ${context.text('planSilentIni')}`, ...silentIni.replace(/\r?\n$/, '').split(/\r?\n/).map((line) => `    ${line}`), ''];
  const changed = silentIniChanges.lines.filter(({ kind }) => kind !== 'same').map(({ kind, text: line }) => `  ${kind === 'added' ? '+' : '-'} ${line}`);
  return ['', `  ${context.text('planSilentIniSince', { at: silentIniChanges.at })}`, ...(changed.length === 0 ? [`    ${context.text('planNoChange')}`] : changed), ''];
}
