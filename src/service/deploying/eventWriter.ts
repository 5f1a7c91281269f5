import type { DeploymentEvent, DeploymentEventBody } from '../../core/deployment/model';
import type { ErrorData } from '../../core/errors';
import type { MessageArguments } from '../../core/text/messages';
import type { Redactor } from '../redactor';
import type { Repository } from '../repository/repository';

/** Events stored in one call at most: a flood of output must not make one huge transaction. */
const batchSize = 500;

/** Stores the events of one deployment in order, and tells of them only once they are stored. */
export interface EventWriter {
  /** Resolves when the events and all earlier ones are stored and told; rejects as the repository does, and so does every later call. */
  append(...bodies: readonly DeploymentEventBody[]): Promise<void>;
}

export function createEventWriter(options: {
  readonly repository: Pick<Repository, 'appendDeploymentEvents'>;
  readonly redactor: Redactor;
  readonly deploymentId: string;
  readonly onStored: (events: readonly DeploymentEvent[]) => void;
}): EventWriter {
  const { repository, redactor, deploymentId, onStored } = options;
  const pending: { readonly bodies: readonly DeploymentEventBody[]; stored(): void; failed(error: unknown): void }[] = [];
  let writing = false;
  let failure: { readonly error: unknown } | undefined;

  const takeBatch = (): typeof pending => {
    let size = 0;
    const end = pending.findIndex(({ bodies }, i) => i > 0 && (size += bodies.length) > batchSize);
    return pending.splice(0, end < 0 ? pending.length : end);
  };

  const write = async (): Promise<void> => {
    writing = true;
    while (pending.length > 0) {
      const batch = takeBatch();
      try {
        if (failure) throw failure.error;
        const bodies = batch.flatMap((entry) => entry.bodies);
        if (bodies.length > 0) onStored(await repository.appendDeploymentEvents(deploymentId, bodies.map((body) => redactBody(body, redactor))));
        for (const entry of batch) entry.stored();
      } catch (error) {
        failure ??= { error };
        for (const entry of batch) entry.failed(error);
      }
    }
    writing = false;
  };

  return {
    append: (...bodies) => new Promise((stored, failed) => {
      pending.push({ bodies, stored, failed });
      if (!writing) void write();
    }),
  };
}

/** Masks secrets in everything that came from a person or a host; ids, steps and states are our own words. */
function redactBody(body: DeploymentEventBody, redactor: Redactor): DeploymentEventBody {
  switch (body.type) {
    case 'command':
    case 'output':
      return { ...body, text: redactor.redact(body.text) };
    case 'fact':
      return { ...body, value: redactor.redact(body.value), ...(body.args && { args: redactArguments(body.args, redactor) }) };
    case 'hostEnded':
      return { ...body, left: body.left.map((item) => redactor.redact(item)), ...(body.kept !== undefined && { kept: redactor.redact(body.kept) }), ...(body.error && { error: redactError(body.error, redactor) }) };
    default:
      return body;
  }
}

function redactError(error: ErrorData, redactor: Redactor): ErrorData {
  return { ...error, args: redactArguments(error.args, redactor), ...(error.causes && { causes: error.causes.map((cause) => redactor.redact(cause)) }) };
}

function redactArguments(args: MessageArguments, redactor: Redactor): MessageArguments {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, typeof value === 'string' ? redactor.redact(value) : value]));
}
