import type { AccessView } from '../core/access/model';
import type { Privilege } from '../core/access/privileges';
import { describePrivilege } from '../core/text/accessText';
import { createText, type Locale } from '../core/text/messages';
import { packageListText } from '../core/text/packageListText';

/**
 * Whether a person holds a privilege: in a tenant, else in any. What is not known yet counts as held: the service decides,
 * and an action that is missing for a moment at every start would only confuse.
 */
export function isHeld(access: AccessView | undefined, privilege: Privilege, tenantId?: string): boolean {
  if (access === undefined || access.administrator) return true;
  return access.privileges.some((held) => (tenantId === undefined || held.tenantId === tenantId) && held.privileges.includes(privilege));
}

/** Why something is locked, beside the lock; undefined when it is not. */
export function describeMissing(locale: Locale, access: AccessView | undefined, privilege: Privilege, tenant?: { readonly id: string; readonly name: string }): string | undefined {
  if (isHeld(access, privilege, tenant?.id)) return undefined;
  const text = createText(locale, packageListText);
  const name = describePrivilege(locale, privilege);
  return tenant === undefined ? text('missingPrivilege', { privilege: name }) : text('missingPrivilegeIn', { privilege: name, tenant: tenant.name });
}
