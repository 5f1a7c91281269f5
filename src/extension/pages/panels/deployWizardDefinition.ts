import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { deployWizardText } from '../../../core/text/deployWizardText';
import { wizardText } from '../../../core/text/wizardText';
import { createText } from '../../../core/text/messages';
import { deployDraft } from '../../../protocol/page/deployWizard';
import { isCancelled } from '../../../core/errors';
import { showError } from '../../commands/command';
import { askForHost } from '../../commands/hosts/add';
import { testHost } from '../../commands/hosts/testHost';
import { confirm, pickOne } from '../../inputs/inputs';
import { keptAs } from '../../deploying/askSecrets';
import { readDeploySettings } from '../../deploying/deploySettings';
import { readOwnProtectedTags } from '../../deploying/ownProtection';
import type { ExtensionParts } from '../../extensionParts';
import { runDeploymentTask } from '../../tasks/deploymentTask';
import { saveTask } from '../../tasks/saveTask';
import { openDeployWizard } from '../deployWizard/deployWizardPage';
import type { DeployWizardPorts } from '../deployWizard/ports';
import { createDraftStore } from '../drafts';
import type { PageDefinition } from '../pageDefinition';
import type { PageLinks, PageParts } from './definitions';
import { progressActions } from './progressActions';

/** The deploy wizard, with the editor's dialogs, secret store and tasks behind it. */
export function deployWizardDefinition(given: PageParts, pages: PageLinks): PageDefinition {
  const { show } = pages;
  // What the wizard calls are parts of commands, which may open pages as well.
  const parts: ExtensionParts = { ...given, pages: { ...pages, dispose: () => undefined } };
  const { locale, service, state, context, secrets, plans } = parts;
  const words = createText(locale, wizardText);
  const ports: DeployWizardPorts = {
    locale, service, state,
    machine: hostname(),
    drafts: createDraftStore(context.workspaceState, 'deployWizard', deployDraft),
    secrets: {
      find: async (item, key) => secrets.find(keptAs(parts, item, key).id),
      save: async (item, key, value) => secrets.keep(keptAs(parts, item, key), value, 'store'),
      forget: async (item, key) => secrets.forget(keptAs(parts, item, key).id),
    },
    beginDeployment: () => secrets.beginDeployment(),
    ownProtectedTags: readOwnProtectedTags,
    isTrusted: () => vscode.workspace.isTrusted,
    addHost: async () => {
      const host = await askForHost(parts);
      // It is in the list, with its state: the person may choose it all the same.
      await testHost(parts, host).catch((error: unknown) => (isCancelled(error) ? undefined : showError(parts, error, 'hosts.test')));
      return host.id;
    },
    testHost: async (id) => {
      const host = state.snapshot.hosts.find((item) => item.id === id);
      if (host === undefined) await service.request('hosts/test', { id });
      else await testHost(parts, host);
    },
    openHost: (id) => show('host', { id }),
    confirmDiscard: async () => confirm(words('discardMessage'), '', words('discardButton')),
    pickValue: async (title, values) => pickOne(title, title, values.map((value) => ({ label: value, value }))),
    stopAfterFailures: () => readDeploySettings().stopAfterFailures,
    showText: async (title, content) => {
      await plans.show(title, content);
    },
    saveTask: async (request) => saveTask(parts, request),
    start: async (request) => runDeploymentTask(parts, request),
    progress: progressActions(parts),
    report: (method, error) => parts.log.warn(`deployWizard ${method}`, String(error)),
  };
  return {
    kind: 'deployWizard', icon: 'rocket', title: createText(locale, deployWizardText)('thisWizard'),
    open: (tab, intent) => openDeployWizard(tab, intent, ports),
  };
}

