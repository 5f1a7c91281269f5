import type { DeploymentInputs } from '../../../core/deployment/model';
import { describeError, ProductError } from '../../../core/errors';
import type { Locale } from '../../../core/text/messages';
import type { GaxCheck } from '../../../protocol/page/deployWizard';
import { inputParams } from '../../deploying/inputParams';
import type { PackageService } from '../../packageService';
import { inputsOf } from './makePlan';

/**
 * Asks one host about its GAX directory, as a plan of it alone does. Changes nothing.
 * @throws ProductError `general/bad-request` for a host without one; what the service refuses
 */
export async function checkGax(service: Pick<PackageService, 'request'>, inputs: DeploymentInputs, hostId: string, locale: Locale): Promise<GaxCheck> {
  if (!inputs.hostIds.includes(hostId)) throw new ProductError('general/bad-request', { method: 'gax/check', reason: 'the host is not chosen' });
  const { hosts: [host] } = await service.request('deployments/plan', inputParams(inputsOf(inputs, hostId)));
  const gax = host?.plugIn?.gax;
  const isGax = gax?.hasLibrary;
  return {
    directory: gax?.directory ?? '',
    ...(isGax !== undefined && { isGax }),
    ...(gax?.version !== undefined && { version: gax.version }),
    ...(host?.error && { error: { code: host.error.code, message: describeError(locale, host.error) } }),
  };
}
