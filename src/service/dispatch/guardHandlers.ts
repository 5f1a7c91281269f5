import type { AuditOutcome, AuditRecord } from '../../core/access/model';
import { isCancelled, isProductError, toErrorData, type ErrorCode } from '../../core/errors';
import { environmentTenant } from '../../core/packages/model';
import type { ServiceMethodName } from '../../protocol/service';
import type { ServiceLog } from '../serviceLog';
import { accessRules, type AccessRule } from './accessRules';
import { createObjectFinder, type ObjectFinder } from './findObjects';
import type { GuardedHandlers, Handlers, RequestContext } from './handlers';
import { readAccess, type OwnedObject, type RequestAccess } from './requestAccess';
import type { ServiceParts } from './serviceParts';

export interface GuardOptions {
  readonly parts: Pick<ServiceParts, 'repository' | 'imports' | 'downloads'>;
  /** The person whose service this is, by their name in the operating system. */
  readonly userName: string;
  readonly machine: string;
  readonly log: ServiceLog;
}

/** Names of objects that one record of the audit trail holds. */
const mostNamed = 5;

/** What a record says of what was done to. */
type Described = Pick<AuditRecord, 'object' | 'tenantId' | 'planHash'>;

type AnyHandler = (params: unknown, context: RequestContext & { readonly access: RequestAccess }) => Promise<unknown>;

/**
 * Puts the one check in front of all handlers: what the rule of a request needs is asked of `may`, its answer is cut to what
 * the person may see, and what it changed is recorded. The beginning of a change is stored before it is made, so that
 * nothing happens without a record, whenever the service is killed.
 */
export function guardHandlers(handlers: GuardedHandlers, options: GuardOptions): Handlers {
  const guarded = Object.entries(accessRules).map(([method, rule]) => {
    const name = method as Exclude<ServiceMethodName, 'client/hello'>;
    // Name, rule and handler belong together by the types of both tables; the compiler cannot follow a name it only knows at run time.
    return [name, guard(name, rule as AccessRule<unknown, unknown>, handlers[name] as AnyHandler, options)] as const;
  });
  return Object.fromEntries(guarded) as unknown as Handlers;
}

function guard(method: string, rule: AccessRule<unknown, unknown>, handle: AnyHandler, options: GuardOptions): (params: unknown, context: RequestContext) => Promise<unknown> {
  const { repository } = options.parts;
  const { log } = options;

  /** Throws when something is not allowed. @param named gets the objects that a record names */
  const check = async (params: unknown, access: RequestAccess, find: ObjectFinder, named: OwnedObject[]): Promise<void> => {
    if (rule.anyone === true) return;
    access.requireKnown();
    for (const { action, on, onAny, anywhere } of rule.needs ?? []) {
      const objects = await on?.(params, find) ?? [];
      if (named.length === 0) named.push(...objects);
      for (const object of objects) await access.require(action, object);
      if (onAny) await requireAny(await onAny(params, find), (object) => access.require(action, object));
      if (anywhere === true && !access.tenants.some(({ id }) => access.may(action, id))) {
        throw access.refusal(action, method, access.tenants[0]?.id ?? environmentTenant.id);
      }
    }
  };

  const describe = async (params: unknown, named: readonly OwnedObject[], find: ObjectFinder): Promise<Described> => {
    const names = typeof rule.audit === 'function' ? [await rule.audit(params, find)] : await Promise.all(named.slice(0, mostNamed).map((object) => object.name()));
    const more = typeof rule.audit === 'function' ? 0 : named.length - mostNamed;
    const [first] = named;
    const same = first !== undefined && first.kind !== 'repository' && named.every(({ tenantId }) => tenantId === first.tenantId);
    return { object: names.join(', ') + (more > 0 ? `, … (+${more})` : ''), ...(same && { tenantId: first.tenantId }), ...(first?.planHash !== undefined && { planHash: first.planHash }) };
  };

  const record = async (described: Described, outcome: AuditOutcome, code?: ErrorCode): Promise<number> =>
    repository.addAudit({ user: options.userName, machine: options.machine, action: method, ...described, outcome, ...(code && { code }) });

  /** The change itself is made or not made already; a record that stays behind says that nobody knows. */
  const end = async (seq: number, outcome: AuditOutcome, code?: ErrorCode, planHash?: string): Promise<void> => {
    await repository.endAudit(seq, outcome, code, planHash).catch((error: unknown) => log.warn('audit', `the end of ${method} could not be recorded: ${String(error)}`));
  };

  return async (params, context) => {
    const access = await readAccess(repository, options.userName);
    const find = createObjectFinder(options.parts, access);
    const named: OwnedObject[] = [];
    try {
      await check(params, access, find, named);
    } catch (error) {
      if (rule.audit !== undefined && isProductError(error) && repository.readOnly === undefined) {
        await record(await describe(params, named, find), 'refused', error.code).catch((second: unknown) => log.warn('audit', `a refused ${method} could not be recorded: ${String(second)}`));
      }
      throw error;
    }
    const keep = (result: unknown): unknown => (rule.keep ? rule.keep(result, access) : result);
    if (rule.audit === undefined) return keep(await handle(params, { ...context, access }));
    const seq = await record(await describe(params, named, find), 'begun');
    let result: unknown;
    try {
      result = await handle(params, { ...context, access });
    } catch (error) {
      await end(seq, 'failed', isCancelled(error) ? 'general/cancelled' : toErrorData(error).code);
      throw error;
    }
    await end(seq, 'done', undefined, planHashOf(result));
    return keep(result);
  };
}

/** Of a deployment that has begun. */
function planHashOf(result: unknown): string | undefined {
  return typeof result === 'object' && result !== null && 'planHash' in result && typeof result.planHash === 'string' ? result.planHash : undefined;
}

/** Passes when one of several is allowed; else rejects as the first one did. */
async function requireAny(objects: readonly OwnedObject[], require: (object: OwnedObject) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(objects.map(require));
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  if (refused && outcomes.every((outcome) => outcome.status === 'rejected')) throw refused.reason;
}
