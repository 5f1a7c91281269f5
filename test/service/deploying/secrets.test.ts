import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageSummary } from '../../../src/core/packages/model';
import { mask } from '../../../src/core/text/mask';
import type { SecretQuestion } from '../../../src/protocol/service';
import type { Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';
import { assertNothingLeft, type DeployFixture, type TestHost } from './support/fixture';
import { useDeployHostWithPackage } from './support/useDeployHost';

const secret = 'S3cr3t & "quoted" pässwörd';
const secretKey = { section: 'ConfigServer', key: 'Password' };

describe('the secrets of a deployment', () => {
  const folder = useTemporaryFolder();
  let sshd: Sshd;
  let fixture: DeployFixture;
  let host: TestHost;
  let added: PackageSummary;

  useDeployHostWithPackage(folder, (parts) => {
    ({ sshd, fixture, host, added } = parts);
  });

  it('reach the installer in a file for the user alone, and stand nowhere else, not even where the installer prints them', async () => {
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'slow', secretKeys: [secretKey] }), { secrets: [{ ...secretKey, value: secret }] });
    await run.seen((event) => event.type === 'output' && event.text.startsWith('waiting'), 'the waiting installer');
    assert.deepEqual(filesWith(folder()), [join(host.staging, run.id, 'silent.ini')]);
    assert.equal(statSync(join(host.staging, run.id, 'silent.ini')).mode & 0o777, 0o600);
    assert.deepEqual(processesShowing(), []);
    writeFileSync(join(host.staging, run.id, 'package/go-on'), '');
    assert.equal((await run.ended).state, 'complete');

    const events = await fixture.events(run.id);
    assert.ok(events.some((event) => event.type === 'output' && event.text === `Connecting with password ${mask}`), 'the installer got the secret');
    assert.ok(!JSON.stringify(events).includes(secret));
    assert.ok(!fixture.log.join('\n').includes(secret));
    assertNothingLeft(host);
    assert.deepEqual(filesWith(folder()), []);
  });

  it('are masked in an error that quotes the installer', async () => {
    const silentIni = { section: 'ConfigServer', key: 'Password' };
    const run = await fixture.start(fixture.inputs(added, [host], { behaviour: 'echoError', secretKeys: [silentIni] }), { secrets: [{ ...silentIni, value: secret }] });
    const [ended] = (await run.ended).hosts;
    assert.equal(ended?.error?.args['message'], `Login failed with ${mask}`);
  });

  it('are asked for once for all hosts when they were not given, and the host waits meanwhile', async () => {
    const other = await fixture.addHost('eu-sip-05', sshd);
    const asked: SecretQuestion[] = [];
    let answer: (value: string) => void = () => undefined;
    const run = await fixture.start(fixture.inputs(added, [host, other], { secretKeys: [secretKey] }), {
      questions: {
        askSecret: (question) => {
          asked.push(question);
          return new Promise((resolve) => (answer = resolve));
        },
      },
    });
    await run.seen((event) => event.type === 'waiting', 'the waiting host');
    const waiting = await fixture.manager.get(run.id);
    assert.deepEqual(waiting.hosts.map((each) => [each.state, each.question]).filter(([state]) => state === 'waiting'), [['waiting', 'silentIni']]);
    answer(secret);
    assert.equal((await run.ended).state, 'complete');
    assert.deepEqual(asked, [{ kind: 'silentIni', hostName: asked[0]?.hostName, user: sshd.user, prompt: 'ConfigServer.Password', attempt: 1 }]);
    assert.ok(!JSON.stringify(await fixture.events(run.id)).includes(secret));
  });

  it('that nobody gives keep every host untouched', async () => {
    const run = await fixture.start(fixture.inputs(added, [host], { secretKeys: [secretKey] }), { questions: { askSecret: () => Promise.resolve(undefined) } });
    const [ended] = (await run.ended).hosts;
    assert.deepEqual([ended?.state, ended?.step, ended?.error?.code, ended?.error?.args['key']], ['failed', 'connect', 'deploy/secret-declined', '[ConfigServer] Password']);
    assertNothingLeft(host);
  });

  it('can be waited for no longer: a stop ends the question', async () => {
    let given: AbortSignal | undefined;
    const run = await fixture.start(fixture.inputs(added, [host], { secretKeys: [secretKey] }), {
      questions: {
        askSecret: (_question, signal) => {
          given = signal;
          return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError'))));
        },
      },
    });
    await until(() => given !== undefined, 'the question');
    await fixture.manager.stop(run.id);
    assert.ok(given?.aborted);
    assert.equal((await fixture.repository.getDeployment(run.id)).hosts[0]?.state, 'cancelled');
  });

  /** Files below a folder that hold the secret. */
  function filesWith(root: string): string[] {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file).includes(secret));
  }
});

/** Processes of this machine whose command line or environment shows the secret. */
function processesShowing(): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).filter((pid) => ['cmdline', 'environ'].some((file) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`).includes(secret);
    } catch {
      return false;
    }
  }));
}
