import type { DeploymentStep } from '../../core/deployment/model';

/**
 * Milliseconds each step may take. `connect` has none of its own: the connection counts its waiting itself, and the time a
 * person takes for an answer does not count. `transfer` is the time without any byte getting through.
 */
export type StepTimeouts = Readonly<Record<DeploymentStep, number>>;

const second = 1000;
const minute = 60 * second;

export const defaultTimeouts: StepTimeouts = {
  connect: 0,
  check: minute,
  lock: 30 * second,
  transfer: minute,
  verify: 20 * minute,
  object: minute,
  silentIni: 30 * second,
  install: 60 * minute,
  result: minute,
  plugIn: minute,
  values: minute,
  record: minute,
  cleanUp: 3 * minute,
};

/** Seconds an installer that is stopped has to end by itself, and to remove its own copy of the package. */
export const defaultStopPatience = 5;
