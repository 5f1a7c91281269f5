import { parseHostReport, type HostFacts } from '../../../core/deployment/facts';
import { megabytes, planDeployment, stepOf } from '../../../core/deployment/plan';
import { fromErrorData, ProductError } from '../../../core/errors';
import { parseIpDescription } from '../../../core/formats/ipDescription/parse';
import { connectionOf, type HostWork, type Step } from '../hostWork';
import { lastWords, runScript } from '../shell';
import { reportScript } from './reportScript';

/** An `ip_description.xml` is a few kilobytes; what is longer is none. */
const descriptionLimit = 1024 * 1024;

/** Asks the host for everything the plan depends on, and stops where something stands against it. Changes nothing. */
export const checkStep: Step = {
  name: 'check',
  async run(work, signal) {
    const facts = await askHost(work, signal);
    const { host, deployment, journal } = work;
    const [plan = work.plan] = planDeployment(work.inputs, work.package.facts, [{
      hostId: host.id,
      hostName: host.name,
      deploymentId: deployment.id,
      stagingFolder: facts.staging.real,
      lockFolder: stepOf(work.plan, 'lock').folder,
      applicationExists: work.plan.applicationExists,
      facts,
    }]);
    work.facts = facts;
    work.plan = plan;
    tellFacts(work, facts);
    const [first, ...others] = plan.problems;
    for (const problem of others) journal.problem(problem);
    if (first) throw fromErrorData(first);
    return undefined;
  },
};

async function askHost(work: HostWork, signal: AbortSignal): Promise<HostFacts> {
  const connection = connectionOf(work);
  const { host, parts, plan } = work;
  const system = await parts.connector.probe(connection, signal);
  await parts.repository.recordHostContact(host.id, { state: 'reachable', at: new Date().toISOString() }, system);
  const { installPath } = plan;
  const report = await runScript(connection, reportScript, [plan.layout.root, ...(installPath === undefined ? [] : [installPath])], { signal });
  const facts = parseHostReport(report.stdout, system);
  if (!facts) throw new ProductError('deploy/check-failed', { host: host.name, reason: lastWords(report) });
  if (!facts.target?.filled) return facts;
  const description = await connection.readFile(`${facts.target.path}/ip_description.xml`, descriptionLimit);
  const installed = description && parseIpDescription(Buffer.from(description).toString('utf8')).description;
  return installed ? { ...facts, target: { ...facts.target, installed } } : facts;
}

function tellFacts({ journal, plan }: HostWork, facts: HostFacts): void {
  const { system, target } = facts;
  journal.fact('system', system.release, { architecture: system.architecture, bits: system.bits });
  for (const need of plan.space) {
    journal.fact('space', need.folders.join(', '), { mount: need.mount, free: megabytes(need.free, Math.floor), needed: megabytes(need.needed, Math.ceil) });
  }
  if (!target) journal.fact('installPathOpen', '');
  else if (target.installed) journal.fact('installed', `${target.installed.name} ${target.installed.version}`, { folder: target.path });
  else if (target.filled) journal.fact('notEmpty', target.path);
}
