import { applicationFields } from '../configuration/applicationValue';
import type { ErrorData } from '../errors';
import type { HostFacts } from './facts';
import { applicationSettings, applicationTables, type ApplicationObject, type SkipReason } from './model';
import { gaxLibrary } from './plugIn';

/**
 * What a plan rests on, by name: of the host, and `application/…` of its application object. When one of them is another
 * when the plan is run, it is not the plan that was read. Free space is not among them: it changes by itself, and there
 * only has to be enough.
 */
export type PlanFacts = Readonly<Record<string, string>>;

/** Names of facts about the host itself. */
type HostFactName = 'system' | 'releaseVersion' | 'tools' | 'loader32' | 'staging' | 'target' | 'installed' | 'backups' | 'gaxDirectory';
const skipFact = 'skip';

/**
 * @param existing the application object that is changed, if there is one
 * @param digest makes a short text of a long one; different texts give different ones
 */
export function planFacts(facts: HostFacts, existing: ApplicationObject | undefined, digest: (text: string) => string): PlanFacts {
  const { system, target } = facts;
  const ofHost: Readonly<Record<HostFactName, string>> = {
    system: `${system.release}, ${system.architecture}, ${system.bits}`,
    releaseVersion: facts.releaseVersion ?? '',
    tools: [...facts.missingTools].sort().join(', '),
    loader32: String(facts.loader32),
    staging: facts.staging.real,
    target: target?.real ?? '',
    installed: target?.installed ? `${target.installed.name} ${target.installed.version}` : target?.filled === true ? 'files' : '',
    backups: String(target?.backups.length ?? 0),
    gaxDirectory: facts.gax?.hasLibrary === true ? gaxLibrary : '',
  };
  return { ...ofHost, ...applicationFacts(existing, digest) };
}

/** A plan that leaves a host out rests on its application object alone. */
export function planFactsOfSkipped(existing: ApplicationObject | undefined, skip: SkipReason, digest: (text: string) => string): PlanFacts {
  return { ...applicationFacts(existing, digest), [skipFact]: skip };
}

/** Whether the plan leaves the host out. */
export function isPlannedSkip(planned: PlanFacts): boolean {
  return planned[skipFact] !== undefined;
}

/** What is another now than when the plan was made, as errors that say so one by one. */
export function changedFacts(host: string, planned: PlanFacts, now: PlanFacts): readonly ErrorData[] {
  const { [skipFact]: _, ...compared } = planned;
  const ofApplication = Object.keys(now).filter((name) => name.startsWith('application/'));
  const names = [...new Set([...Object.keys(compared), ...ofApplication])].filter((name) => (compared[name] ?? '') !== (now[name] ?? ''));
  return names.map((name) => {
    const [what, value] = name === 'application/name' ? ['application', ''] : name.startsWith('application/') ? [isTable(name) ? 'table' : 'value', name.slice('application/'.length)] : [name, ''];
    return { code: 'deploy/host-changed', args: { host, what, value, before: compared[name] || '–', now: now[name] || '–', others: names.length - 1 } };
  });
}

function applicationFacts(existing: ApplicationObject | undefined, digest: (text: string) => string): PlanFacts {
  if (!existing) return { 'application/name': '' };
  return Object.fromEntries([
    ['application/name', existing.name],
    ...applicationFields.map((field) => [`application/${field}`, existing[field]]),
    ...applicationSettings.map((setting) => [`application/${setting}`, existing.settings[setting] ?? '']),
    ...applicationTables.map((table) => [`application/${table}`, Object.keys(existing[table]).length === 0 ? '' : digest(JSON.stringify(existing[table]))]),
  ] as [string, string][]);
}

function isTable(name: string): boolean {
  return applicationTables.some((table) => name === `application/${table}`);
}
