import type { DeploymentInputs } from '../../core/deployment/model';
import type { ServiceParams } from '../../protocol/service';

/** Inputs as the service takes them: with lists of their own. */
export function inputParams(inputs: DeploymentInputs): ServiceParams<'deployments/check'> {
  return {
    ...inputs,
    hostIds: [...inputs.hostIds],
    values: [...inputs.values],
    secretKeys: [...inputs.secretKeys],
    options: inputs.options === undefined ? undefined : [...inputs.options],
    hostValues: inputs.hostValues === undefined ? undefined : [...inputs.hostValues],
    hostApplications: inputs.hostApplications === undefined ? undefined : [...inputs.hostApplications],
    replaces: inputs.replaces === undefined ? undefined : [...inputs.replaces],
    applicationEdits: inputs.applicationEdits === undefined ? undefined : [...inputs.applicationEdits],
  };
}
