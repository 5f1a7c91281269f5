/** What the progress step of the deploy wizard and the extension say to each other. */
import * as v from 'valibot';
import type { Deployment, HostRun } from '../../core/deployment/model';
import { method } from '../method';
import type { PageError } from './page';

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is no id'));
const nothing = v.strictObject({});

/** How one host stands, as its lane shows it. */
export interface HostLane extends Pick<HostRun, 'hostId' | 'hostName' | 'applicationName' | 'state' | 'step' | 'stepPercent' | 'percent' | 'left' | 'kept' | 'startedAt' | 'endedAt'> {
  /** Its state in the reader's language, e.g. `Transfer 61 %`. */
  readonly words: string;
  /** The package is a plug-in: its hosts have a step more. */
  readonly plugIn?: true;
  /** What is left to do on a complete host: a sentence in the reader's language. */
  readonly filesToCopy?: string;
  readonly error?: PageError;
  /** What the host is like after its part has ended badly: a sentence in the reader's language. */
  readonly now?: string;
  /** While the package is sent. */
  readonly transfer?: { readonly done: number; readonly total: number; readonly perSecond?: number };
  /** The host can be taken up again alone. */
  readonly canRetry: boolean;
}

/** How a deployment stands. */
export interface DeploymentProgress extends Pick<Deployment, 'id' | 'profile' | 'package' | 'state' | 'percent' | 'startedAt' | 'startedBy' | 'endedAt' | 'paused'> {
  readonly lanes: readonly HostLane[];
  /** The service does not answer for now: what is shown may be behind. */
  readonly isOffline: boolean;
  /** A window that is not trusted may look, and stop, but run nothing. */
  readonly isTrusted: boolean;
}

export interface DeployProgressEvents {
  /** How the deployment stands now, with the lanes that differ from what was told before. */
  readonly progress: DeploymentProgress;
}

const ofHost = v.strictObject({ hostId: id });

/** Requests of the progress step. All are about the deployment that was asked for last, which must be one of the page's package. */
export const deployProgressMethods = {
  /** Shows a deployment, and tells of it from now on. */
  'progress/show': method<{ deploymentId: string }, DeploymentProgress>(v.strictObject({ deploymentId: id })),
  'progress/retryHost': method<{ hostId: string }, null>(ofHost),
  'progress/retryFailed': method<object, null>(nothing),
  /** Asks first. */
  'progress/stop': method<object, null>(nothing),
  /** Hosts at work go on, no other begins. */
  'progress/pause': method<object, null>(nothing),
  /** Ends a pause and lets held hosts begin, or one of them. */
  'progress/goOn': method<{ hostId?: string | undefined }, null>(v.strictObject({ hostId: v.optional(id) })),
  /** Goes on with an interrupted deployment. */
  'progress/resume': method<object, null>(nothing),
  /** Asks first; removes what is left and kept on hosts, and ends an interrupted deployment. */
  'progress/cleanUp': method<object, null>(nothing),
  'progress/log': method<{ hostId?: string | undefined }, null>(v.strictObject({ hostId: v.optional(id) })),
  /** Puts the commands that copy the files of a plug-in into GAX on the clipboard. */
  'progress/copyCommands': method<{ hostId: string }, null>(ofHost),
  'progress/terminal': method<{ hostId: string }, null>(ofHost),
} as const;
