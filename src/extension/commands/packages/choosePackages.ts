import * as vscode from 'vscode';
import { describeOperatingSystem } from '../../../core/packages/identity';
import { fileNameOf } from '../../../core/packages/importSource';
import type { ImportRecord, PackageSummary, Tenant } from '../../../core/packages/model';
import { compareVersions } from '../../../core/packages/version';
import { readPackages } from '../../../protocol/service/packageReading';
import type { ExtensionParts } from '../../extensionParts';
import { type Choice, pickMany, pickOne, turnBack } from '../../inputs/inputs';
import { describeImport } from '../../views/nodes/packageNodes';
import type { Target } from '../command';

/** The packages among the rows a command was called on. */
export function packagesOf(target: Target): readonly PackageSummary[] {
  return target.nodes.flatMap(({ subject }) => (subject.kind === 'package' ? [subject.package] : []));
}

/** The imports among the rows a command was called on. */
export function importsOf(target: Target): readonly ImportRecord[] {
  return target.nodes.flatMap(({ subject }) => (subject.kind === 'import' ? [subject.record] : []));
}

/** The package a command was called on, else one that the person chooses; of those that fit. @throws ProductError `general/cancelled` */
export async function onePackage(parts: ExtensionParts, target: Target, title: string, fits: (item: PackageSummary) => boolean = () => true): Promise<PackageSummary> {
  const [given] = packagesOf(target).filter(fits);
  return given ?? pickOne(title, parts.text('choosePackage'), (await packageChoices(parts)).filter(({ value }) => fits(value)));
}

/** The packages a command was called on, else those that the person chooses. @throws ProductError `general/cancelled` */
export async function severalPackages(parts: ExtensionParts, target: Target, title: string): Promise<readonly PackageSummary[]> {
  const given = packagesOf(target);
  if (given.length > 0) return given;
  const chosen = await pickMany(title, parts.text('choosePackages'), await packageChoices(parts));
  if (chosen.length === 0) return turnBack();
  return chosen;
}

/** The running imports a command was called on, else those that the person chooses. @throws ProductError `general/cancelled` */
export async function runningImports(parts: ExtensionParts, target: Target, title: string): Promise<readonly ImportRecord[]> {
  const given = importsOf(target);
  if (given.length > 0) return given;
  const running = (await parts.service.request('imports/list', {})).filter((record) => record.state === 'running');
  if (running.length === 0) {
    void vscode.window.showInformationMessage(parts.text('noImportRuns'));
    return turnBack();
  }
  if (running.length === 1) return running;
  return pickMany(title, parts.text('chooseImportToStop'), running.map((record) => ({
    label: record.identity?.name ?? fileNameOf(record.source.path), description: describeImport(record, parts.views.nodeContext), value: record,
  })));
}

async function packageChoices(parts: ExtensionParts): Promise<readonly Choice<PackageSummary>[]> {
  const tenants = await parts.service.request('tenants/list', {});
  const packages = await readPackages(parts.service, tenants.map(({ id }) => id));
  if (packages.length === 0) {
    void offerImport(parts);
    return turnBack();
  }
  const { compareNames } = parts.views.nodeContext;
  return [...packages]
    .sort((a, b) => compareNames(a.name, b.name) || compareVersions(b.version, a.version))
    .map((item) => ({ label: item.name, description: item.version, detail: whereItIs(item, tenants, parts), value: item }));
}

function whereItIs(item: PackageSummary, tenants: readonly Tenant[], { text }: ExtensionParts): string {
  const tenant = tenants.length > 1 ? tenants.find(({ id }) => id === item.tenantId)?.name : undefined;
  return [describeOperatingSystem(item, text('bit')), item.localeId, tenant, item.group].filter((part) => part !== undefined && part !== '').join(' · ');
}

async function offerImport({ text }: ExtensionParts): Promise<void> {
  const answer = await vscode.window.showInformationMessage(text('noPackages'), text('importPackagesButton'));
  if (answer !== undefined) await vscode.commands.executeCommand('gaxPackages.packages.import');
}
