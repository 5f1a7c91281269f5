import * as vscode from 'vscode';
import { ProductError } from '../../../core/errors';
import type { PackageUses } from '../../../core/packages/copy';
import { describeIdentity } from '../../../core/packages/identity';
import type { PackageSummary } from '../../../core/packages/model';
import { createText } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import { isHeld } from '../../access';
import type { ExtensionParts } from '../../extensionParts';
import { confirm, turnBack } from '../../inputs/inputs';
import type { Command } from '../command';
import { importsOf, packagesOf, severalPackages } from './choosePackages';
import { dismissImport } from './dismissImport';

/** Deletes packages for good, after a question that names them, where they are deployed and what becomes impossible. */
export const deletePackage: Command = {
  id: 'gaxPackages.packages.delete',
  needsTrust: true,
  run: async (parts, target) => {
    const { text, service } = parts;
    // The key for deleting also works on imports that have ended: nothing of them is kept.
    if (packagesOf(target).length === 0 && importsOf(target).length > 0) return dismissImport.run(parts, target);
    const packages = await severalPackages(parts, target, text('deleteButton'));
    const concerned = await Promise.all(packages.map(async (item) => ({ item, uses: await service.request('packages/uses', { id: item.id, tenantId: item.tenantId }) })));
    refuseRunning(concerned);
    const [only] = concerned;
    let allTenants = false;
    if (only !== undefined && concerned.length === 1) allTenants = await askOne(parts, only);
    else await confirm(text('deleteSeveralMessage', { n: packages.length }), describeSeveral(parts, concerned), text('deleteButton'));
    for (const { id, tenantId } of packages) await service.request('packages/delete', { id, tenantId, ...(allTenants && { allTenants }) });
  },
};

interface Concerned {
  readonly item: PackageSummary;
  readonly uses: PackageUses;
}

/** What a running deployment needs cannot be deleted: that is said before anything is asked. The service refuses it as well. */
function refuseRunning(concerned: readonly Concerned[]): void {
  const running = concerned.find(({ uses }) => uses.runningHostNames.length > 0);
  if (running !== undefined) throw new ProductError('repository/package-in-use', { package: describeIdentity(running.item), hosts: running.uses.runningHostNames.join(', ') });
}

/** @returns whether all tenants are meant  @throws ProductError `general/cancelled` */
async function askOne(parts: ExtensionParts, { item, uses }: Concerned): Promise<boolean> {
  const { text, state } = parts;
  const actions = createText(parts.locale, packageActionsText);
  const message = text('deleteMessage', { package: describeIdentity(item, text('bit')) });
  const detail = describeOne(parts, item, uses);
  const mayAll = uses.tenantIds.length > 1 && uses.tenantIds.every((id) => isHeld(state.snapshot.access, 'delete', id));
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, text('deleteButton'), ...(mayAll ? [actions('deleteAllTenants')] : []));
  if (answer === undefined) return turnBack();
  return answer !== text('deleteButton');
}

function describeOne({ text, state, locale }: ExtensionParts, item: PackageSummary, uses: PackageUses): string {
  const actions = createText(locale, packageActionsText);
  const nameOf = (tenantId: string): string => state.snapshot.tenants.find(({ id }) => id === tenantId)?.name ?? tenantId;
  return [
    uses.hostNames.length === 0 ? text('deleteNotDeployed') : text('deleteDeployedOn', { n: uses.hostNames.length, hosts: uses.hostNames.join(', ') }),
    ...(uses.rollBackHostNames.length === 0 ? [] : [actions('deleteRollBack', { hosts: uses.rollBackHostNames.join(', ') })]),
    text('deleteTenant', { tenant: nameOf(item.tenantId) }),
    ...(uses.tenantIds.length > 1 ? [actions('deleteTenants', { tenants: uses.tenantIds.map(nameOf).join(', ') })] : []),
    text('deleteForGood'),
  ].join(' ');
}

/** As many packages as a modal can show; the rest as a number. */
const namedAtMost = 10;

function describeSeveral({ text }: ExtensionParts, concerned: readonly Concerned[]): string {
  const names = concerned.slice(0, namedAtMost).map(({ item }) => describeIdentity(item, text('bit')));
  const list = concerned.length > namedAtMost ? text('listMore', { items: names.join('\n'), n: concerned.length - namedAtMost }) : names.join('\n');
  const warnings = concerned.flatMap(({ item, uses }) =>
    (uses.hostNames.length === 0 ? [] : [text('deleteSeveralDeployedOn', { package: `${item.name} ${item.version}`, hosts: uses.hostNames.join(', ') })]));
  return [list, ...warnings, text('deleteForGood')].join('\n');
}
