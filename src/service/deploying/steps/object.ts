import { countOptions, mergePlugIn } from '../../../core/configuration/mergePlugIn';
import { mergeApplication } from '../../../core/configuration/mergeApplication';
import { enteredValues, planApplication } from '../../../core/configuration/planApplication';
import { chooseTemplates, readTemplates, type TemplateContent } from '../../../core/configuration/templateContent';
import { ProductError } from '../../../core/errors';
import { childPath } from '../../../core/hosts/hostPath';
import type { PackageTemplate } from '../../../core/packages/model';
import { randomUUID } from 'node:crypto';
import { findChangedApplication } from '../changedApplication';
import { findLostSecrets } from '../findLostSecrets';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { sha256Of } from '../sha256';

/** No template is longer: its binary form cannot hold more than 64 KB, its description seldom has 3 MB. */
const templateLimit = 16 * 1024 * 1024;

/**
 * Makes the application object that the installer looks for, or works out what one that exists will be: what was entered and
 * its own values stay, missing ones come from the package (of a plug-in only options). An object that exists is written only when the installer has
 * succeeded, and with it what names it by the name it had.
 */
export const objectStep: Step = {
  name: 'object',
  async run(work, signal) {
    const { host, journal, plan, inputs, parts, package: content, defaults } = work;
    const template = await readStagedTemplates(work, signal);
    const { existing } = await findChangedApplication(parts.repository, host, inputs, plan.applicationName);
    if (content.facts.plugIn) {
      if (!existing) throw new ProductError('plugIn/gax-gone', { host: host.name, application: plan.applicationName });
      const { application, added } = mergePlugIn(existing, template.options, enteredValues(inputs));
      work.existing = existing;
      work.application = application;
      journal.fact('plugInMerged', existing.name, { added, stay: countOptions(existing) });
      return undefined;
    }
    const lost = await findLostSecrets(parts.repository, inputs, existing);
    if (lost.length > 0) journal.fact('secretsLost', lost.join(', '), { n: lost.length, application: plan.applicationName });
    const found = existing ?? await parts.repository.findApplication(plan.applicationName, host.id);
    const fromPackage = planApplication({
      id: found?.id ?? `a-${randomUUID()}`, name: plan.applicationName, hostId: host.id, inputs, package: content.facts, template, defaults,
    });
    const { application, kept, added } = mergeApplication(existing, fromPackage, enteredValues(inputs));
    work.application = application;
    if (existing) {
      work.existing = existing;
      journal.fact('applicationMerged', existing.name, { kept, added });
      if (existing.name !== application.name) journal.fact('applicationMoves', existing.name, { to: application.name });
      return undefined;
    }
    // One that is planned was left by an attempt that broke off: it is ours.
    work.plannedApplicationId = application.id;
    await parts.repository.saveApplication(application);
    journal.fact('applicationCreated', plan.applicationName, { type: application.type, options: Object.values(application.options).reduce((sum, section) => sum + Object.keys(section).length, 0) });
    return undefined;
  },
  async undo(work) {
    if (work.existing) work.journal.fact('applicationAsBefore', work.existing.name);
    if (work.plannedApplicationId === undefined) return;
    await work.parts.repository.removeApplication(work.plannedApplicationId);
    work.journal.fact('applicationRemoved', work.plan.applicationName);
    delete work.plannedApplicationId;
  },
};

/** Reads the package's templates from the host, where they have just been verified; what is read is checked against the index once more. */
async function readStagedTemplates(work: HostWork, signal: AbortSignal): Promise<TemplateContent> {
  const { package: content, plan, host } = work;
  const read: { readonly template: PackageTemplate; readonly bytes: Uint8Array }[] = [];
  for (const template of chooseTemplates(content.templates, content.facts.nickname)) {
    signal.throwIfAborted();
    const bytes = await connectionOf(work).readFile(childPath(plan.layout.package, template.path), templateLimit);
    const expected = content.files.find((file) => file.path === template.path)?.sha256;
    if (!bytes || sha256Of(bytes) !== expected) throw new ProductError('deploy/verify-failed', { host: host.name, n: 1, files: template.path });
    read.push({ template, bytes });
  }
  return readTemplates(read);
}
