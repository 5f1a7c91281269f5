import { endSharedParts } from './endOfTests';
import { closeSharedBrowser } from './sharedBrowser';
import { findOwnServices, kill } from './serviceProcess';

/**
 * A service is detached: the end of the tests does not reach it. One that is left behind at the end is ended here, and
 * the run has failed.
 */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await endSharedParts();
    await closeSharedBrowser();
    const left = findOwnServices();
    for (const { pid } of left) kill(pid, 'SIGKILL');
    if (left.length > 0) throw new Error(`package services were left behind:\n${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}`);
  },
};
