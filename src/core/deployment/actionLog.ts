import { describeError } from '../errors';
import { describeIdentity } from '../packages/identity';
import { describeFact, describeStepBeginning, logText } from '../text/deploymentText';
import type { Locale } from '../text/messages';
import { asPlainText } from '../text/plainText';
import { deploymentStepName, describeHostRun, describeReason, describeWaiting, profileName } from '../text/stateText';
import { stepsOf, type Deployment, type DeploymentEvent, type DeploymentStep } from './model';
import { applyEvent } from './run';

/** `>` step begins, `$` command run, `|` output, `!` error output, `=` fact found, `✓` done, `✗` failed. */
export type ActionLogMark = '>' | '$' | '|' | '!' | '=' | '✓' | '✗';

export interface ActionLogLine {
  readonly text: string;
  readonly mark?: ActionLogMark;
  readonly hostId?: string;
  readonly step?: DeploymentStep;
}

export interface ActionLogOptions {
  readonly locale: Locale;
  /** Lines of this host alone. */
  readonly hostId?: string;
  /** IANA name; absent: the reader's own. */
  readonly timeZone?: string;
}

/** Turns events into the lines of the deployment action log. The log only grows: lines once given never change. */
export interface ActionLog {
  readonly title: string;
  /** The lines of the next events, in their order. */
  add(events: readonly DeploymentEvent[]): readonly ActionLogLine[];
}

/**
 * Makes the log of one deployment: the editor's document, the task's terminal and the command line print the same lines,
 * e.g. `2026-11-22 10:15:41.870  eu-mcp-02   8/12 Install     | Host name eu-mcp-02 was not found`.
 */
export function createActionLog(deployment: Deployment, options: ActionLogOptions): ActionLog {
  const { locale, hostId: onlyHost } = options;
  const formatTime = createTimeFormat(options.timeZone);
  const hosts = new Map(deployment.hosts.map((run) => [run.hostId, asPlainText(run.hostName)]));
  const hostWidth = Math.max(0, ...[...hosts].filter(([id]) => onlyHost === undefined || id === onlyHost).map(([, name]) => name.length));
  const allSteps = stepsOf(deployment);
  const stepWidth = Math.max(...allSteps.map((step) => deploymentStepName(locale, step).length));
  const steps = new Map<string, { step: DeploymentStep; since: string }>();
  let state: Deployment = deployment;

  const describe = (event: DeploymentEvent): readonly ActionLogLine[] => {
    switch (event.type) {
      case 'started':
        return head(event.planHash);
      case 'resumed':
        return [{ text: '' }, { text: `${formatTime(event.at)}  ${asPlainText(logText(locale, 'resumed', { by: event.by }))}` }];
      case 'ended':
        return [{ text: '' }, ...shownHosts().map((run): ActionLogLine => ({ text: `${padHost(run.hostId)}  ${asPlainText(describeHostRun(locale, run))}`, hostId: run.hostId }))];
      case 'paused':
      case 'wentOn':
        return [{ text: `${formatTime(event.at)}  ${asPlainText(logText(locale, event.type, { by: event.by }))}` }];
      case 'hostStarted':
        return [];
      default:
        return event.host === onlyHost || onlyHost === undefined ? describeOfHost(event, event.host) : [];
    }
  };

  const describeOfHost = (event: Extract<DeploymentEvent, { host: string }>, host: string): readonly ActionLogLine[] => {
    const line = (mark: ActionLogMark, text: string, step = steps.get(host)?.step): ActionLogLine[] =>
      text.split(/\r\n|\n|\r/).map((part) => ({ text: `${formatTime(event.at)}  ${padHost(host)}  ${padStep(step)}  ${mark} ${asPlainText(part)}`.trimEnd(), mark, hostId: host, ...(step && { step }) }));
    switch (event.type) {
      case 'hostStarted':
        return [];
      case 'stepStarted':
        steps.set(host, { step: event.step, since: event.at });
        return line('>', describeStepBeginning(locale, event.step));
      case 'stepDone':
        return line('✓', logText(locale, 'done', { seconds: secondsBetween(steps.get(host)?.since, event.at) }), event.step);
      case 'stepSkipped':
        return line('✓', logText(locale, 'skipped', { reason: describeReason(locale, event.reason) }), event.step);
      case 'command':
        return line('$', event.text);
      case 'output':
        return line(event.stream === 'stdout' ? '|' : '!', event.text);
      case 'fact':
        return line('=', event.name === 'problem' ? describeError(locale, { code: event.value, args: event.args ?? {} }) : describeFact(locale, event.name, event.value, event.args));
      case 'waiting':
        return line('=', logText(locale, 'waiting', { question: describeWaiting(locale, event.question) }));
      case 'answered':
        return line('=', logText(locale, 'answered'));
      case 'hostHeld':
        return line('=', describeHostRun(locale, { state: 'held', reason: event.reason }));
      case 'hostEnded':
        return [
          ...line(event.state === 'complete' || event.state === 'skipped' ? '✓' : '✗', describeHostEnd(locale, event), event.step),
          ...event.left.flatMap((path) => line('!', logText(locale, 'left', { path }), event.step)),
        ];
    }
  };

  const shownHosts = () => state.hosts.filter((run) => onlyHost === undefined || run.hostId === onlyHost);
  const padHost = (host: string) => (hosts.get(host) ?? '?').padEnd(hostWidth);
  const padStep = (step: DeploymentStep | undefined) => {
    if (!step) return ' '.repeat(6 + stepWidth);
    const position = `${allSteps.indexOf(step) + 1}/${allSteps.length}`;
    return `${position.padStart(5)} ${deploymentStepName(locale, step).padEnd(stepWidth)}`;
  };

  const head = (planHash: string | undefined): readonly ActionLogLine[] => {
    const rows: (readonly [string, string])[] = [
      [logText(locale, 'package'), describeIdentity(deployment.package, locale === 'fr' ? ' bits' : '-bit')],
      [logText(locale, 'deployment'), `${deployment.id}, ${profileName(locale, deployment.profile)}`],
      [logText(locale, 'startedBy'), deployment.startedBy],
      ...(planHash === undefined ? [] : [[logText(locale, 'plan'), planHash] as const]),
      [logText(locale, 'hosts'), shownHosts().map((run) => `${run.hostName} (${run.applicationName})`).join(', ')],
      [logText(locale, 'times'), offsetOf(deployment.startedAt, options.timeZone)],
    ];
    const width = Math.max(...rows.map(([label]) => label.length));
    return [...rows.map(([label, value]) => ({ text: `${label.padEnd(width)}  ${asPlainText(value)}` })), { text: '' }];
  };

  return {
    title: asPlainText(logText(locale, 'title', {
      profile: profileName(locale, deployment.profile),
      package: `${deployment.package.name} ${deployment.package.version}`,
      date: formatTime(deployment.startedAt).slice(0, 16),
    })),
    add: (events) => events.flatMap((event) => {
      state = applyEvent(state, event);
      return describe(event);
    }),
  };
}

/** Where a host and its steps stand in a log: line numbers from 0, both inclusive. Hosts that ran at the same time overlap. */
export interface ActionLogOutline {
  readonly hostId: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly steps: readonly { readonly step: DeploymentStep; readonly failed: boolean; readonly firstLine: number; readonly lastLine: number }[];
}

/** The outline of a log: host ▸ step, in the order they first appear. A step that ran again (resumed) stands there again. */
export function outlineActionLog(lines: readonly ActionLogLine[]): readonly ActionLogOutline[] {
  const outlines = new Map<string, { hostId: string; firstLine: number; lastLine: number; steps: { step: DeploymentStep; failed: boolean; firstLine: number; lastLine: number }[] }>();
  lines.forEach((line, number) => {
    if (line.hostId === undefined || line.mark === undefined) return;
    const outline = outlines.get(line.hostId) ?? { hostId: line.hostId, firstLine: number, lastLine: number, steps: [] };
    outlines.set(line.hostId, outline);
    outline.lastLine = number;
    if (!line.step) return;
    const present = line.mark === '>' ? undefined : outline.steps.findLast((step) => step.step === line.step);
    const step = present ?? { step: line.step, failed: false, firstLine: number, lastLine: number };
    if (!present) outline.steps.push(step);
    step.lastLine = number;
    step.failed ||= line.mark === '✗';
  });
  return [...outlines.values()];
}

function describeHostEnd(locale: Locale, event: Extract<DeploymentEvent, { type: 'hostEnded' }>): string {
  if (event.error && event.state !== 'cancelled') return `${event.error.code}: ${describeError(locale, event.error)}`;
  return describeHostRun(locale, event);
}

function secondsBetween(from: string | undefined, to: string): number {
  return from === undefined ? 0 : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 10) / 100);
}

/** `2026-11-22 10:15:41.870` in the reader's zone. */
function createTimeFormat(timeZone: string | undefined): (at: string) => string {
  const format = new Intl.DateTimeFormat('en', {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    fractionalSecondDigits: 3, hourCycle: 'h23', ...(timeZone !== undefined && { timeZone }),
  });
  return (at) => {
    const parts = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}:${of('second')}.${of('fractionalSecond')}`;
  };
}

/** `UTC+1 (Europe/Paris)`. */
function offsetOf(at: string, timeZone: string | undefined): string {
  const format = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset', ...(timeZone !== undefined && { timeZone }) });
  const offset = format.formatToParts(new Date(at)).find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
  return `${offset.replace('GMT', 'UTC')} (${format.resolvedOptions().timeZone})`;
}
