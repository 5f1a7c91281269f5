import type { HostFacts } from '../../../core/deployment/facts';
import { gaxDirectoryIn, megabytes, planDeployment } from '../../../core/deployment/plan';
import { changedFacts, planFacts } from '../../../core/deployment/planFacts';
import { fromErrorData } from '../../../core/errors';
import { familyOf } from '../../../core/hosts/model';
import { askHost } from '../askHost';
import { lockFolderOf } from '../cleanUpHost';
import { findChangedApplication } from '../changedApplication';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { sha256Of } from '../sha256';

/** Asks the host for everything the plan depends on, and stops where something stands against it or is not as planned. Changes nothing. */
export const checkStep: Step = {
  name: 'check',
  async run(work, signal) {
    const { host, deployment, journal, parts } = work;
    const { installPath, applicationName } = work.plan;
    const { existing } = await findChangedApplication(parts.repository, host, work.inputs, applicationName);
    const facts = await askHost({ connection: connectionOf(work), host, parts, ssh: work.questions.ssh, stagingFolder: work.earlierStaging, installPath, gaxDirectory: gaxDirectoryIn(work.plan) }, signal);
    const [plan = work.plan] = planDeployment(work.inputs, work.package.facts, [{
      hostId: host.id,
      hostName: host.name,
      deploymentId: deployment.id,
      stagingFolder: facts.staging.real,
      lockFolder: lockFolderOf(host, familyOf(facts.system.osGroup)),
      applicationExists: work.plan.applicationExists,
      merges: existing !== undefined,
      gaxFolder: existing?.workingDirectory,
      facts,
    }]);
    const { skip: _, ...goesOn } = plan;
    work.facts = facts;
    work.plan = goesOn;
    tellFacts(work, facts);
    const planned = work.planned.get(host.id);
    const changes = planned ? changedFacts(host.name, planned, planFacts(facts, existing, sha256Of)) : [];
    const [first, ...others] = [...changes, ...plan.problems];
    for (const problem of others) journal.problem(problem);
    if (first) throw fromErrorData(first);
    return undefined;
  },
};

function tellFacts({ journal, plan }: HostWork, facts: HostFacts): void {
  const { system, target, gax } = facts;
  journal.fact('system', system.release, { architecture: system.architecture, bits: system.bits });
  for (const need of plan.space) {
    journal.fact('space', need.folders.join(', '), { mount: need.mount, free: megabytes(need.free, Math.floor), needed: megabytes(need.needed, Math.ceil) });
  }
  if (!target) journal.fact('installPathOpen', '');
  else if (target.installed) journal.fact('installed', `${target.installed.name} ${target.installed.version}`, { folder: target.path });
  else if (target.filled) journal.fact('notEmpty', target.path);
  if (gax) journal.fact(gax.hasLibrary ? 'gaxDirectory' : 'notGaxDirectory', gax.directory, { version: gax.version ?? 'none' });
}
