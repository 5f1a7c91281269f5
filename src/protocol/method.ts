import * as v from 'valibot';
import { ProductError } from '../core/errors';

/** One request of a contract: its parameters as a schema that is checked on arrival, its result as a type. */
export interface Method<P, R> {
  readonly params: v.GenericSchema<unknown, P>;
  /** Carries the type only; never set. */
  readonly result?: R;
}

/** Declares one request. The result comes from our own other half and is not checked again. */
export function method<P, R>(params: v.GenericSchema<unknown, P>): Method<P, R> {
  return { params };
}

export type MethodParams<M> = M extends Method<infer P, unknown> ? P : never;
export type MethodResult<M> = M extends Method<infer _P, infer R> ? R : never;

/**
 * Checks what arrived from another process.
 * @throws ProductError `general/bad-request` that names the method and the first wrong field
 */
export function checkParams<P>(name: string, declared: Method<P, unknown>, value: unknown): P {
  const checked = v.safeParse(declared.params, value, { abortEarly: true });
  if (checked.success) return checked.output;
  const issue = checked.issues[0];
  const where = issue.path?.map((part) => String((part as { key?: unknown }).key)).join('.');
  throw new ProductError('general/bad-request', { method: name, reason: where === undefined ? issue.message : `${where}: ${issue.message}` });
}
