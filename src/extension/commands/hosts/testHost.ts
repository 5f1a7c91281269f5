import * as vscode from 'vscode';
import { fromErrorData } from '../../../core/errors';
import type { Host } from '../../../core/hosts/model';
import type { ExtensionParts } from '../../extensionParts';
import { describeHostSystem } from '../../views/nodes/hostNodes';

/**
 * Connects to a host, shown as being tested meanwhile.
 * @throws ProductError `host/…`, which is kept with the host as well
 */
export async function testHost({ service, views }: ExtensionParts, host: Host): Promise<Host> {
  const done = views.markTesting(host.id);
  try {
    const tested = await service.request('hosts/test', { id: host.id });
    if (tested.contact?.error !== undefined) throw fromErrorData(tested.contact.error);
    return tested;
  } finally {
    done();
  }
}

/** The same for a person who waits for it: with progress, and with words for the success. */
export async function testHostVisibly(parts: ExtensionParts, host: Host): Promise<Host> {
  const { text } = parts;
  const tested = await vscode.window.withProgress(
    { location: parts.views.isVisible('hosts') ? { viewId: 'gaxPackages.hosts' } : vscode.ProgressLocation.Window, title: text('testingHost', { host: host.name }) },
    () => testHost(parts, host),
  );
  const system = describeHostSystem(tested, text('bit')) ?? '';
  vscode.window.setStatusBarMessage(text('hostReached', { host: tested.name, system, user: tested.user }), 5000);
  return tested;
}
