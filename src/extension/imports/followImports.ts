import * as vscode from 'vscode';
import { describeError } from '../../core/errors';
import { fileNameOf } from '../../core/packages/importSource';
import type { ImportRecord } from '../../core/packages/model';
import { importStepName } from '../../core/text/stateText';
import { createText } from '../../core/text/messages';
import { packageActionsText } from '../../core/text/packageActionsText';
import { isHeld } from '../access';
import type { ExtensionParts } from '../extensionParts';
import { shouldNotify } from '../notifications/shouldNotify';
import { wasPresent } from '../views/nodes/packageNodes';

type ImportFollowingParts = Pick<ExtensionParts, 'service' | 'state' | 'views' | 'text' | 'locale' | 'log'>;

/**
 * Tells how imports that this window started have ended, unless the tree already shows it. Returns at once; closing the
 * window stops no import.
 * @param isShown another place shows them now, failures too
 */
export function followImports(parts: ImportFollowingParts, records: readonly Pick<ImportRecord, 'id'>[], isShown: () => boolean = () => false): void {
  void tellEnds(parts, records, isShown).catch((error: unknown) => {
    // The service ended: the tree says so, and shows the imports again when it is back.
    parts.log.warn('imports', String(error));
  });
}

async function tellEnds(parts: ImportFollowingParts, records: readonly Pick<ImportRecord, 'id'>[], isShown: () => boolean): Promise<void> {
  const end = Promise.all(records.map(({ id }) => parts.service.request('imports/wait', { id })));
  // The bar of the view shows that something goes on, also where its rows are not in sight.
  void vscode.window.withProgress({ location: { viewId: 'gaxPackages.packages' } }, () => end.then(() => undefined, () => undefined));
  const ended = await end;
  const complete = ended.filter((record) => record.state === 'complete').length;
  if (complete > 0 && shouldNotify(parts.views.isVisible('packages') || isShown())) void tellComplete(parts, complete);
  if (isShown()) return;
  const failed = ended.filter((record) => record.state === 'failed');
  const [first] = failed;
  if (failed.length > 1) void tellFailures(parts, failed.length);
  else if (first !== undefined) void showImportFailure(parts, first);
}

async function tellComplete({ text, views }: ImportFollowingParts, n: number): Promise<void> {
  const answer = await vscode.window.showInformationMessage(text('importedPackages', { n }), text('show'));
  if (answer !== undefined) await views.show('packages');
}

/** One message, however many failed; the wizard shows each with its step and reason. */
async function tellFailures({ text }: ImportFollowingParts, n: number): Promise<void> {
  const answer = await vscode.window.showErrorMessage(text('importsFailed', { n }), text('show'));
  if (answer !== undefined) await vscode.commands.executeCommand('gaxPackages.packages.import');
}

/** Shows the step and the reason of a failed import, and offers to try it again. */
export async function showImportFailure(parts: ImportFollowingParts, record: ImportRecord): Promise<void> {
  const { text, locale } = parts;
  const file = fileNameOf(record.source.path);
  const head = text('importFailedTitle', { file, step: importStepName(locale, record.step) });
  const reason = record.error === undefined ? '' : describeError(locale, record.error);
  // What is there already is there also at the next try; who may replace it is asked whether to.
  const replaces = wasPresent(record) && isHeld(parts.state.snapshot.access, 'replace', record.tenantId);
  const again = replaces ? createText(locale, packageActionsText)('replaceOffer') : text('tryAgain');
  const answer = await vscode.window.showErrorMessage(`${head} ${reason}`.trim(), again, text('copyDetails'));
  if (answer === text('copyDetails')) {
    await vscode.env.clipboard.writeText([head, record.source.path, `${record.error?.code ?? ''}: ${reason}`, ...(record.error?.causes ?? [])].join('\n'));
  }
  if (answer === again) await vscode.commands.executeCommand(replaces ? 'gaxPackages.packages.replace' : 'gaxPackages.packages.retryImport', { meant: [{ kind: 'import', record }] });
}
