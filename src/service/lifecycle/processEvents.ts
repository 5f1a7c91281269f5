import type { ServiceLog } from '../serviceLog';
import { findProcess, isProcessAlive } from './processIdentity';
import { exitCodes } from './serviceArguments';

const parentInterval = 500;

/**
 * Ends the process on whatever nobody caught, after a line in the log: in an unknown state it must not write. The next
 * service takes over from what is on disk, as after a power cut.
 */
export function endOnUncaughtErrors(log: ServiceLog): void {
  const end = (error: unknown): void => {
    log.error('service', 'ended by an error that nobody caught', error);
    process.exit(exitCodes.failed);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

/** Calls `onSignal` when the system or a person asks the process to end. */
export function onEndSignals(onSignal: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
  // A terminal that closes is no reason: the service belongs to no terminal.
  process.on('SIGHUP', () => undefined);
}

/** Calls `onEnd` once when that process has ended. */
export function watchParent(pid: number, onEnd: () => void): void {
  const parent = findProcess(pid);
  const timer = setInterval(() => {
    if (parent !== undefined && isProcessAlive(parent)) return;
    clearInterval(timer);
    onEnd();
  }, parentInterval);
  timer.unref();
}
