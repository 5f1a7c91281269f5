import { isProductError } from '../../../core/errors';
import { confirm } from '../../inputs/inputs';
import type { PackageService } from '../../packageService';
import type { Command } from '../command';

/** Ends the package service and starts it anew. While work runs it asks first. */
export const restart: Command = {
  id: 'gaxPackages.service.restart',
  needsTrust: true,
  run: async ({ service, text }) => {
    try {
      const { runningImports: imports, runningDeployments: deployments } = await service.request('service/status', {});
      const busy = imports + deployments > 0;
      if (busy) await confirm(text('restartMessage'), text('restartDetail', { imports, deployments }), text('restartButton'));
      await service.request('service/stop', { force: busy });
    } catch (error) {
      // It ended before it could answer, which is what was wanted.
      if (!isProductError(error, 'service/connection-lost')) throw error;
    }
    await untilGone(service);
    await service.connect();
  },
};

/** Resolves when this window has seen the end of the service: before that, connecting would find the one that ends. */
function untilGone(service: PackageService): Promise<void> {
  return new Promise((resolve) => {
    if (service.state !== 'online') {
      resolve();
      return;
    }
    const stop = service.onStateChanged(() => {
      if (service.state === 'online') return;
      stop();
      resolve();
    });
  });
}
