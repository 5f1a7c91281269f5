import { mergeApplication } from '../../../core/configuration/mergeApplication';
import { planApplication } from '../../../core/configuration/planApplication';
import { ProductError } from '../../../core/errors';
import { chooseTemplate, readPackageTemplate, type TemplateContent } from '../../../core/configuration/templateOptions';
import { randomUUID } from 'node:crypto';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { sha256Of } from '../sha256';

/** No template is longer: its binary form cannot hold more than 64 KB, its description seldom has 3 MB. */
const templateLimit = 16 * 1024 * 1024;

/**
 * Makes the application object that the installer looks for, or works out what one that exists will be: its own values
 * stay, missing ones come from the package. An object that exists is written only when the installer has succeeded.
 */
export const objectStep: Step = {
  name: 'object',
  async run(work, signal) {
    const { host, journal, plan, inputs, parts, package: content } = work;
    const template = await readTemplate(work, signal);
    const existing = await parts.repository.findApplication(plan.applicationName, host.id);
    const planned = planApplication({
      id: existing?.id ?? `a-${randomUUID()}`, name: plan.applicationName, hostId: host.id, inputs, package: content.facts, template,
    });
    if (existing?.state === 'enabled') {
      const { application, kept, added } = mergeApplication(existing, planned, inputs.options);
      work.application = application;
      journal.fact('applicationMerged', plan.applicationName, { kept, added });
      return undefined;
    }
    // One that is planned was left by an attempt that broke off: it is ours.
    work.plannedApplicationId = planned.id;
    await parts.repository.saveApplication(planned);
    work.application = planned;
    journal.fact('applicationCreated', plan.applicationName, { type: planned.type, options: Object.values(planned.options).reduce((sum, section) => sum + Object.keys(section).length, 0) });
    return undefined;
  },
  async undo(work) {
    if (work.plannedApplicationId === undefined) return;
    await work.parts.repository.removeApplication(work.plannedApplicationId);
    work.journal.fact('applicationRemoved', work.plan.applicationName);
    delete work.plannedApplicationId;
  },
};

/** Reads the package's template from the host, where it has just been verified; what is read is checked against the index once more. */
async function readTemplate(work: HostWork, signal: AbortSignal): Promise<TemplateContent> {
  const { package: content, plan, host } = work;
  const template = chooseTemplate(content.templates, content.facts.nickname);
  if (!template) return { options: {} };
  signal.throwIfAborted();
  const bytes = await connectionOf(work).readFile(`${plan.layout.package}/${template.path}`, templateLimit);
  const expected = content.files.find((file) => file.path === template.path)?.sha256;
  if (!bytes || sha256Of(bytes) !== expected) throw new ProductError('deploy/verify-failed', { host: host.name, n: 1, files: template.path });
  return readPackageTemplate(template, bytes);
}
