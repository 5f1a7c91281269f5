import type { ConfigPlace, ConfigProblem } from './parse';
import type { Route } from './route';
import type { ShownSetting } from './settings';

/** One machine on the way to a host, as a person is shown it. */
export interface ShownHop {
  readonly name: string;
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  /** What the SSH configuration, or the host's own settings, say; with file and line where it is the former. */
  readonly settings: readonly ShownSetting[];
}

/** What a person should know of the configuration beside its values. */
export interface RouteNote extends ConfigPlace {
  /** `undecided`: a command decides, and it is run only when a connection is made and a person agrees. */
  readonly kind: 'unsupported' | 'unknown' | 'skipped' | 'undecided';
  readonly text: string;
}

/** Why no connection would be made. */
export interface RouteProblem extends ConfigPlace {
  /** `token`: a value with a token or variable that means nothing there. */
  readonly kind: ConfigProblem['kind'] | 'token';
  /** What it is about, as written. */
  readonly text: string;
}

/** How a host is reached by the files as they are now. */
export interface ShownRoute {
  /** In the order in which they are connected; the host is the last. */
  readonly hops: readonly ShownHop[];
  readonly notes: readonly RouteNote[];
  readonly problems: readonly RouteProblem[];
  /** The jump host at which the way goes round in a circle. */
  readonly loop?: string;
  /** The files that were read or looked for. */
  readonly files: readonly string[];
}

export function describeRoute(route: Route, problems: readonly ConfigProblem[], files: readonly string[]): ShownRoute {
  const hops = route.hops.map(({ name, settings }) => ({ name, hostName: settings.hostName, port: settings.port, user: settings.user, settings: settings.given }));
  const notes = route.hops.flatMap(({ evaluation }): RouteNote[] => [
    ...evaluation.unsupported.map(({ file, line, keyword, value }) => ({ kind: 'unsupported' as const, file, line, text: `${keyword} ${value}` })),
    ...evaluation.unknown.map(({ file, line, keyword }) => ({ kind: 'unknown' as const, file, line, text: keyword })),
    ...evaluation.skipped.map(({ file, line, criterion }) => ({ kind: 'skipped' as const, file, line, text: `Match ${criterion}` })),
    ...evaluation.undecided.map(({ file, line, written }) => ({ kind: 'undecided' as const, file, line, text: `Match exec ${written}` })),
  ]);
  const different = new Map(notes.map((note) => [`${note.file}\n${note.line}\n${note.text}`, note]));
  const wrong = route.hops.flatMap(({ settings }) => settings.wrong.flatMap(({ keyword, value, place }): RouteProblem[] =>
    place === undefined ? [] : [{ kind: 'token', file: place.file, line: place.line, text: `${keyword} ${value}` }]));
  return { hops, notes: [...different.values()], problems: [...problems, ...wrong], files, ...(route.loop !== undefined && { loop: route.loop }) };
}
