import * as v from 'valibot';
import type { Tenant } from '../../core/packages/model';
import { method } from '../method';
import { name, nothing } from '../fields';

export const accessMethods = {
  'tenants/list': method<object, readonly Tenant[]>(nothing),
  'tenants/add': method<{ name: string }, Tenant>(v.strictObject({ name })),
} as const;
