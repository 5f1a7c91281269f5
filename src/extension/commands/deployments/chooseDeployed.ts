import * as vscode from 'vscode';
import type { DeployedPackage } from '../../../core/deployment/model';
import type { DeployProfiles, ProfileTarget } from '../../../core/deployment/profiles';
import type { ReplacingProfile } from '../../../core/deployment/replaceable';
import { describeOperatingSystem } from '../../../core/packages/identity';
import type { PackageSummary } from '../../../core/packages/model';
import type { DeployWizardIntent } from '../../pages/deployWizard/ports';
import type { PagePanels } from '../../pages/panels/pagePanels';
import type { ExtensionParts } from '../../extensionParts';
import { type Choice, pickMany, pickOne, turnBack } from '../../inputs/inputs';
import type { Target } from '../command';
import { packagesOf } from '../packages/choosePackages';

/** A deployed package with what can take its place. */
interface Candidate {
  readonly deployed: DeployedPackage;
  readonly profiles: DeployProfiles;
}

/** Deployed packages that one version takes the place of. */
interface Meant {
  readonly deployed: readonly DeployedPackage[];
  readonly target: ProfileTarget;
}

/** The deployed packages among the rows a command was called on: the rows themselves, or the one of an application object. */
export function deployedOf({ state }: ExtensionParts, target: Target): readonly DeployedPackage[] {
  return target.nodes.flatMap(({ subject }) => {
    if (subject.kind === 'deployed') return [subject.deployed];
    return subject.kind === 'application' ? state.snapshot.deployedPackages.filter(({ applicationId }) => applicationId === subject.applicationId) : [];
  });
}

/** Opens the deploy wizard of an upgrade or a roll back. @param deployed at least one, of one product and tenant */
export function openReplacingWizard({ show }: Pick<PagePanels, 'show'>, profile: ReplacingProfile, packageId: string, deployed: readonly DeployedPackage[]): void {
  const [first] = deployed;
  if (first === undefined) return;
  const intent: DeployWizardIntent = { deployedIds: deployed.map(({ id }) => id) };
  show('deployWizard', { id: packageId, tenantId: first.tenantId, profile, applicationId: first.applicationId }, { ...intent });
}

/**
 * The version that takes a place, and the places: of the rows a command was called on, of a package in its tree, or as the
 * person chooses. Versions are asked for, since menus do not name them.
 * @throws ProductError `general/cancelled`, also after it was said why there is nothing to choose
 */
export async function chooseReplaced(parts: ExtensionParts, target: Target, profile: ReplacingProfile): Promise<Meant> {
  const given = deployedOf(parts, target);
  if (given.length > 0) return chooseVersion(parts, profile, await readProfiles(parts, given));
  const all = await parts.service.request('deployedPackages/list', {});
  const [item] = packagesOf(target);
  if (item !== undefined) return chooseForPackage(parts, profile, item, await readProfiles(parts, all.filter(({ tenantId }) => tenantId === item.tenantId)));
  const candidates = (await readProfiles(parts, all)).filter(({ profiles }) => targetsOf(profiles, profile).length > 0);
  if (candidates.length === 0) return sayNone(parts, parts.text(all.length === 0 ? 'noDeployments' : profile === 'upgrade' ? 'noneToUpgrade' : 'noneToRollBack'));
  const chosen = await pickOne(titleOf(parts, profile), parts.text('chooseDeployed'), candidates.map((candidate) => deployedChoice(parts, candidate)));
  return chooseVersion(parts, profile, [chosen]);
}

/** What can take the place, as far as all of these have it in common. */
export function targetsOf({ upgrades, rollBack }: DeployProfiles, profile: ReplacingProfile): readonly ProfileTarget[] {
  if (profile === 'upgrade') return upgrades;
  return rollBack.possible ? [{ packageId: rollBack.packageId, package: rollBack.package }] : [];
}

function readProfiles({ service }: ExtensionParts, deployed: readonly DeployedPackage[]): Thenable<readonly Candidate[]> {
  return vscode.window.withProgress({ location: { viewId: 'gaxPackages.deployed' } }, () =>
    Promise.all(deployed.map(async (one) => ({ deployed: one, profiles: await service.request('deployedPackages/profiles', { id: one.id }) }))));
}

async function chooseVersion(parts: ExtensionParts, profile: ReplacingProfile, candidates: readonly Candidate[]): Promise<Meant> {
  const [first, ...others] = candidates.map(({ profiles }) => targetsOf(profiles, profile));
  const shared = (first ?? []).filter(({ packageId }) => others.every((targets) => targets.some((other) => other.packageId === packageId)));
  if (shared.length === 0) return sayNone(parts, whyNone(parts, profile, candidates));
  const target = await pickOne(titleOf(parts, profile), describeAll(candidates), shared.map((one): Choice<ProfileTarget> => ({
    label: parts.text(profile === 'upgrade' ? 'upgradeTo' : 'rollBackTo', { version: one.package.version }),
    description: [one.package.name, describeOperatingSystem(one.package, parts.text('bit'))].join(' · '),
    value: one,
  })));
  return { deployed: candidates.map(({ deployed }) => deployed), target };
}

async function chooseForPackage(parts: ExtensionParts, profile: ReplacingProfile, item: PackageSummary, candidates: readonly Candidate[]): Promise<Meant> {
  const fitting = candidates.filter(({ profiles }) => targetsOf(profiles, profile).some(({ packageId }) => packageId === item.id));
  if (fitting.length === 0) return sayNone(parts, parts.text(profile === 'upgrade' ? 'nothingUpgradesTo' : 'nothingGoesBackTo', { package: item.name, version: item.version }));
  const placeHolder = parts.text(profile === 'upgrade' ? 'upgradeTo' : 'rollBackTo', { version: item.version });
  const chosen = fitting.length === 1 ? fitting : await pickMany(titleOf(parts, profile), placeHolder, fitting.map((candidate) => deployedChoice(parts, candidate)));
  if (chosen.length === 0) return turnBack();
  return { deployed: chosen.map(({ deployed }) => deployed), target: { packageId: item.id, package: item } };
}

function deployedChoice({ views, text }: ExtensionParts, candidate: Candidate): Choice<Candidate> {
  const { package: { name, version }, applicationName, hostName, at } = candidate.deployed;
  return { label: `${name} ${version}`, description: text('deployedOn', { application: applicationName, host: hostName }), detail: views.nodeContext.formatTime(at), value: candidate };
}

function describeAll(candidates: readonly Candidate[]): string {
  return candidates.map(({ deployed }) => `${deployed.applicationName} (${deployed.hostName}, ${deployed.package.version})`).join(', ');
}

function whyNone({ text }: ExtensionParts, profile: ReplacingProfile, candidates: readonly Candidate[]): string {
  const [only, ...others] = candidates;
  if (only === undefined || others.length > 0) return text('noCommonVersion');
  const { deployed: { package: { name, version }, applicationName: application }, profiles: { rollBack } } = only;
  if (profile === 'upgrade') return text('noHigherVersion', { package: name, version });
  return !rollBack.possible && rollBack.reason === 'package-gone' ? text('versionBeforeGone', { application, version: rollBack.version }) : text('nothingBefore', { application, version });
}

function sayNone({ text }: ExtensionParts, words: string): never {
  void vscode.window.showInformationMessage(words, text('importPackagesButton')).then((answer) => {
    if (answer !== undefined) void vscode.commands.executeCommand('gaxPackages.packages.import');
  });
  return turnBack();
}

function titleOf({ text }: ExtensionParts, profile: ReplacingProfile): string {
  return text(profile === 'upgrade' ? 'upgradeTitle' : 'rollBackTitle');
}
