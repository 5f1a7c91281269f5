import * as vscode from 'vscode';
import { describeError } from '../../../core/errors';
import type { CopyOutcome } from '../../../core/packages/copy';
import type { PackageSummary, Tenant } from '../../../core/packages/model';
import { createText, type Text } from '../../../core/text/messages';
import { packageActionsText } from '../../../core/text/packageActionsText';
import { isHeld } from '../../access';
import type { ExtensionParts } from '../../extensionParts';
import { type Choice, confirm, turnBack } from '../../inputs/inputs';
import { tenantChoices } from '../../inputs/tenantChoices';
import type { Command, Target } from '../command';
import { severalPackages } from './choosePackages';

type ActionText = Text<keyof (typeof packageActionsText)['en']>;

/** Copies packages to tenants (product.md W2): the targets are chosen with a filter and check boxes, reviewed, and reported one by one. */
export const copyToTenants: Command = {
  id: 'gaxPackages.packages.copyToTenants',
  needsTrust: true,
  run: async (parts, target) => {
    const { service, locale } = parts;
    const text = createText(locale, packageActionsText);
    const packages = await severalPackages(parts, target, text('copyTitle'));
    const [tenants, all] = await Promise.all([service.request('tenants/list', {}), service.request('packages/list', {})]);
    const choices = targetChoices(parts, packages, tenants, all, text);
    if (choices.length === 0) {
      void vscode.window.showInformationMessage(text('noTargets', { reason: text('noTargetsHeld', { n: packages.length }) }));
      return;
    }
    const targets = await pickTargets(titleOf(packages, text), text('copyPlaceholder'), choices, targetOf(target));
    if (targets.length === 0) return;
    await confirm(text('reviewMessage', { n: packages.length, m: targets.length }), text('reviewDetail', {
      packages: list(packages.map((item) => `${item.name} ${item.version}`)), tenants: list(targets.map(({ name }) => name)),
    }), text('copyButton'));
    const outcomes = await service.request('packages/copyToTenants', { items: packages.map(({ id, tenantId }) => ({ id, tenantId })), tenantIds: targets.map(({ id }) => id) });
    tell(parts, outcomes, packages, tenants, text);
  },
};

/** As many as a modal can show; the rest as a number. */
const listedAtMost = 15;

function list(lines: readonly string[]): string {
  return lines.length <= listedAtMost ? lines.join('\n') : [...lines.slice(0, listedAtMost), `+${lines.length - listedAtMost}`].join('\n');
}

function titleOf(packages: readonly PackageSummary[], text: ActionText): string {
  const [only] = packages;
  return packages.length === 1 && only !== undefined ? text('copyTitleOne', { package: `${only.name} ${only.version}` }) : text('copyTitleSeveral', { n: packages.length });
}

/** The tenant that packages were dropped on: it is ticked at first. */
function targetOf({ nodes }: Target): string | undefined {
  return nodes.flatMap(({ subject }) => (subject.kind === 'tenant' || subject.kind === 'group' ? [subject.tenant.id] : []))[0];
}

/** Tenants that may get something: those where the person may copy to and that do not hold all packages yet; each says what it has. */
function targetChoices(
  { state, views }: ExtensionParts, packages: readonly PackageSummary[], tenants: readonly Tenant[], all: readonly PackageSummary[], text: ActionText,
): readonly Choice<Tenant>[] {
  const wanted = new Map(packages.map((item) => [item.id, item.name]));
  return tenantChoices(tenants, views.nodeContext.compareNames).flatMap((choice) => {
    const tenant = choice.value;
    const held = new Set(all.filter(({ id, tenantId }) => tenantId === tenant.id && wanted.has(id)).map(({ id }) => id));
    if (held.size === wanted.size || !isHeld(state.snapshot.access, 'copy', tenant.id)) return [];
    const description = held.size === 0 ? {} : { description: text('hasSome', { packages: [...held].map((id) => wanted.get(id)).join(', ') }) };
    return [{ ...choice, ...description }];
  });
}

async function pickTargets(title: string, placeHolder: string, choices: readonly Choice<Tenant>[], ticked: string | undefined): Promise<readonly Tenant[]> {
  const items = choices.map((choice) => ({ ...choice, picked: choice.value.id === ticked }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true, canPickMany: true, matchOnDescription: true });
  return picked?.map(({ value }) => value) ?? turnBack();
}

/** Says what became of it: refused tenants are named, the others are done. */
function tell({ locale, log }: ExtensionParts, outcomes: readonly CopyOutcome[], packages: readonly PackageSummary[], tenants: readonly Tenant[], text: ActionText): void {
  const copied = outcomes.filter(({ outcome }) => outcome === 'copied');
  const present = outcomes.filter(({ outcome }) => outcome === 'present').length;
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
  const done = copied.length === 0
    ? text('copiedNothing')
    : [text('copied', { n: new Set(copied.map(({ id }) => id)).size, m: new Set(copied.map(({ tenantId }) => tenantId)).size }), ...(present > 0 ? [text('copyPresent', { n: present })] : [])].join(' ');
  const [first] = failed;
  if (first === undefined) {
    void vscode.window.showInformationMessage(done);
    return;
  }
  const sentences = failed.map(({ id, tenantId, error }) => {
    const item = packages.find((each) => each.id === id);
    return text('copyRefused', {
      package: item === undefined ? id : `${item.name} ${item.version}`, tenant: tenants.find((tenant) => tenant.id === tenantId)?.name ?? tenantId,
      reason: error === undefined ? '' : describeError(locale, error),
    });
  });
  for (const sentence of sentences) log.error(`packages/copyToTenants: ${sentence}`);
  void vscode.window.showErrorMessage([sentences[0] ?? '', ...(failed.length > 1 ? [`+${failed.length - 1}.`] : []), ...(copied.length > 0 ? [text('copyDone')] : [])].join(' '));
}
