import { createActionLog, type ActionLogLine } from './actionLog';
import type { Deployment, DeploymentEvent, DeploymentStep } from './model';
import type { Locale } from '../text/messages';

/** What of a log is wanted; what is absent excludes nothing. */
export interface LogSearch {
  readonly hostId?: string | undefined;
  readonly step?: DeploymentStep | undefined;
  /** Part of a line, in any case. */
  readonly text?: string | undefined;
}

/** Lines of a log with the numbers that they have in the whole one, from 0; its title and an empty line come before them. */
export interface FoundLine {
  readonly number: number;
  readonly line: ActionLogLine;
}

/** The lines of a deployment's log that a search wants, in the order of the log. */
export function searchActionLog(deployment: Deployment, events: readonly DeploymentEvent[], search: LogSearch, locale: Locale): { readonly title: string; readonly lines: readonly FoundLine[] } {
  const { hostId, step, text } = search;
  const log = createActionLog(deployment, { locale, ...(hostId !== undefined && { hostId }) });
  const wanted = text?.toLowerCase();
  const lines = [{ text: log.title }, { text: '' }, ...log.add(events)].flatMap((line: ActionLogLine, number): readonly FoundLine[] =>
    (step !== undefined && line.step !== step) || (wanted !== undefined && !line.text.toLowerCase().includes(wanted)) ? [] : [{ number, line }]);
  return { title: log.title, lines };
}

/** Events that a search wants, but for its text: those bound to no host belong to every one. */
export function searchEvents(events: readonly DeploymentEvent[], { hostId, step }: LogSearch): readonly DeploymentEvent[] {
  const steps = new Map<string, DeploymentStep>();
  return events.filter((event) => {
    if (!('host' in event)) return step === undefined;
    if (event.type === 'stepStarted') steps.set(event.host, event.step);
    return (hostId === undefined || event.host === hostId) && (step === undefined || steps.get(event.host) === step);
  });
}
