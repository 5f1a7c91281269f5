import * as vscode from 'vscode';
import { listDifferences, type Difference } from '../../../core/packages/comparedFiles';
import { describeIdentity } from '../../../core/packages/identity';
import type { PackageSummary } from '../../../core/packages/model';
import { compareVersions } from '../../../core/packages/version';
import { insideText } from '../../../core/text/insideText';
import { createText, type Text } from '../../../core/text/messages';
import { readPackages } from '../../../protocol/service/packageReading';
import type { ExtensionParts } from '../../extensionParts';
import { pickOne, turnBack, type Choice } from '../../inputs/inputs';
import type { Command, Target } from '../command';
import { onePackage, packagesOf } from './choosePackages';

type InsideText = Text<keyof (typeof insideText)['en']>;

/** Files that the editor of changes shows at once; the others are in the list. */
const mostAtOnce = 300;

/** Shows how the files of two versions of a package differ: texts side by side in one editor, the others in a list. */
export const comparePackageVersions: Command = {
  id: 'gaxPackages.packages.compare',
  run: async (parts, target) => {
    const text = createText(parts.locale, insideText);
    const [first, other] = await choosePair(parts, target, text);
    const comparison = await parts.service.request('packages/compare', { id: first.id, otherId: other.id });
    const differences = listDifferences(comparison);
    const bit = parts.text('bit');
    if (differences.length === 0) {
      void vscode.window.showInformationMessage(text('equal', { first: describeIdentity(first, bit), other: describeIdentity(other, bit), same: comparison.same }));
      return;
    }
    const texts = differences.filter(({ isText }) => isText).slice(0, mostAtOnce);
    const rest = differences.filter((difference) => !texts.includes(difference));
    const title = text('changesTitle', { name: first.name, first: describeSide(first, other), other: describeSide(other, first) });
    if (texts.length > 0) await vscode.commands.executeCommand('vscode.changes', title, texts.map((difference) => resourceOf(parts, first, other, difference)));
    if (rest.length === 0) return;
    const count = (kind: Difference['kind']): number => rest.filter((difference) => difference.kind === kind).length;
    void vscode.window.showInformationMessage(text('binaryDiffer', { n: rest.length, added: count('added'), removed: count('removed'), changed: count('changed') }), text('showFiles'))
      .then((answer) => (answer === undefined ? undefined : showOne(parts, first, other, differences, text)));
  },
};

/** Two that are selected, the older version first; else one and another that the person chooses. */
async function choosePair(parts: ExtensionParts, target: Target, text: InsideText): Promise<readonly [PackageSummary, PackageSummary]> {
  const selected = [...new Map(packagesOf(target).map((item) => [item.id, item])).values()];
  const [a, b] = selected;
  if (a !== undefined && b !== undefined && selected.length === 2) return inOrder(a, b);
  const one = await onePackage(parts, target, text('compareTitle'));
  const tenants = await parts.service.request('tenants/list', {});
  const all = (await readPackages(parts.service, tenants.map(({ id }) => id))).filter(({ id }) => id !== one.id);
  const others = [...new Map(all.map((item) => [item.id, item])).values()];
  const name = describeIdentity(one, parts.text('bit'));
  if (others.length === 0) {
    void vscode.window.showInformationMessage(text('noneToCompare', { package: name }));
    return turnBack();
  }
  const isVersion = (item: PackageSummary): boolean => item.name === one.name;
  const asChoice = (item: PackageSummary): Choice<PackageSummary> => ({ label: item.version, description: describeIdentity(item, parts.text('bit')), value: item });
  const versions = others.filter(isVersion).sort((x, y) => compareVersions(y.version, x.version)).map(asChoice);
  const more = others.filter((item) => !isVersion(item)).sort((x, y) => x.name.localeCompare(y.name, parts.locale)).map((item) => ({ ...asChoice(item), label: `${item.name} ${item.version}` }));
  const separator = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const chosen = await pickOne<PackageSummary>(text('compareTitle'), text('comparePlaceholder', { package: name }), [
    ...(versions.length > 0 ? [separator(text('otherVersions')), ...versions] : []), ...(more.length > 0 ? [separator(text('otherPackages')), ...more] : []),
  ]);
  return inOrder(one, chosen);
}

/** Left what was before, right what came after. */
function inOrder(a: PackageSummary, b: PackageSummary): readonly [PackageSummary, PackageSummary] {
  return a.name === b.name && compareVersions(a.version, b.version) > 0 ? [b, a] : [a, b];
}

function describeSide(item: PackageSummary, beside: PackageSummary): string {
  return item.name === beside.name && item.version !== beside.version ? item.version : describeIdentity(item);
}

function sideOf(parts: ExtensionParts, item: PackageSummary, path: string | undefined): vscode.Uri | undefined {
  if (path === undefined) return undefined;
  const uri = parts.packageFiles.uriOf(item, path);
  // A template is compared in its text form.
  return path.toLowerCase().endsWith('.apd') ? parts.apdTexts.textUri(uri) : uri;
}

function resourceOf(parts: ExtensionParts, first: PackageSummary, other: PackageSummary, { path, otherPath }: Difference): readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined] {
  const [before, after] = [sideOf(parts, first, path), sideOf(parts, other, otherPath)];
  return [parts.packageFiles.uriOf(otherPath === undefined ? first : other, otherPath ?? path ?? ''), before, after];
}

/** Lists all files that differ; the chosen one is compared, or opened where only one side has it. */
async function showOne(parts: ExtensionParts, first: PackageSummary, other: PackageSummary, differences: readonly Difference[], text: InsideText): Promise<void> {
  const icons = { added: 'diff-added', removed: 'diff-removed', changed: 'diff-modified' } as const;
  const choices = differences.map((difference) => ({ label: `$(${icons[difference.kind]}) ${difference.otherPath ?? difference.path ?? ''}`, description: text(difference.kind), value: difference }));
  const chosen = await pickOne(text('differencesTitle'), text('differencesPlaceholder'), choices).catch(() => undefined);
  if (chosen === undefined) return;
  const [, before, after] = resourceOf(parts, first, other, chosen);
  const name = (chosen.otherPath ?? chosen.path ?? '').split('/').at(-1) ?? '';
  if (before !== undefined && after !== undefined) {
    await vscode.commands.executeCommand('vscode.diff', before, after, text('changesTitle', { name, first: describeSide(first, other), other: describeSide(other, first) }));
    return;
  }
  const only = before ?? after;
  if (only !== undefined) await vscode.commands.executeCommand('vscode.open', only, { preview: true });
}
