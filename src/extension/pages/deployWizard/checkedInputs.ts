import { draftInputs, type DeployDraft, type DeployPackage, type DraftContext } from '../../../core/deployment/draft';
import { checkDraft } from '../../../core/deployment/draftRules';
import type { DeploymentInputs, SilentIniKey } from '../../../core/deployment/model';
import type { PackageQuestion } from '../../../core/deployment/questions';
import type { Replaceable } from '../../../core/deployment/replaceable';
import { ProductError } from '../../../core/errors';
import type { Locale } from '../../../core/text/messages';
import type { RepositorySnapshot } from '../../repositoryState';

/** What the rules of a draft are asked with, from the lists of the repository. */
export function contextOf({ package: item, questions, snapshot, savedSecrets, replaceable }: {
  package: DeployPackage; questions: readonly PackageQuestion[]; snapshot: RepositorySnapshot; savedSecrets: readonly SilentIniKey[];
  /** By host; absent for an installation. */
  replaceable?: ReadonlyMap<string, readonly Replaceable[]> | undefined;
}): DraftContext {
  return {
    package: item,
    questions,
    hosts: new Map(snapshot.hosts.map(({ id, name, system }) => [id, { id, name, ...(system !== undefined && { system }), ...(replaceable && { replaceable: replaceable.get(id) ?? [] }) }])),
    applications: snapshot.applications.map(({ name, hostId, type, tenantId, state, tenantObject, port, primaryServer, backupServer, workingDirectory, commandLine }) => ({
      name, hostId, type, tenantId, state, tenantObject, port, primaryServer, backupServer, workingDirectory, commandLine,
    })),
    tenants: snapshot.tenants,
    savedSecrets,
  };
}

/**
 * Inputs of a draft as a page sent it. A wrong one is refused, whatever the page has shown: what the page checks, a hostile
 * one leaves out.
 * @throws ProductError `general/bad-request`
 */
export function checkedInputs(method: string, draft: DeployDraft, context: DraftContext, locale: Locale): DeploymentInputs {
  const wrong = checkDraft(draft, context, locale).find(({ severity }) => severity === 'error');
  if (wrong !== undefined) throw new ProductError('general/bad-request', { method, reason: wrong.message });
  return draftInputs(draft, context);
}
