import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { InstallAs } from '../../../src/core/hosts/model';
import { useRealUsers } from '../../support/realUsers';
import { needsSshd, startSshd, type Sshd } from '../../support/sshd';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { addExamplePackage } from './support/examplePackage';
import { createDeployFixture, type DeployFixture, type FollowedRun, type TestHost } from './support/fixture';

const password = 'pa ss"wörd';

describe('a deployment that another user installs than the one who signs in', function () {
  this.timeout(120_000);
  before(function () {
    needsSshd(this);
  });
  const users = useRealUsers('dlog', 'dins');
  const folder = useTemporaryFolder();
  let sshd: Sshd | undefined;
  let fixture: DeployFixture | undefined;
  let hosts = 0;
  before(async () => {
    sshd = await startSshd({ address: '127.0.9.3', folderMode: 0o755 });
  });
  after(async () => {
    await sshd?.stop();
  });
  afterEach(async () => {
    await fixture?.close();
    fixture = undefined;
  });

  interface Begun {
    readonly run: FollowedRun;
    readonly host: TestHost;
    readonly asked: string[];
    readonly events: DeployFixture['events'];
  }
  async function begin(installAs: InstallAs, behaviour?: 'hang'): Promise<Begun> {
    chmodSync(folder(), 0o755);
    const place = join(users.home('dins'), `host${++hosts}`);
    const made = fixture = await createDeployFixture(folder());
    const host = await made.addHost('eu-sip-04', sshd as Sshd, { user: users.name('dlog'), installAs, folder: place });
    chmodSync(place, 0o777);
    const asked: string[] = [];
    const askSecret = ({ kind }: { kind: string }): Promise<string> => {
      asked.push(kind);
      return Promise.resolve(password);
    };
    const added = await addExamplePackage(made.repository);
    return { host, asked, run: await made.start(made.inputs(added, [host], behaviour && { behaviour }), { questions: { askSecret } }), events: made.events };
  }
  const ownerOf = (path: string): number => statSync(path).uid;

  for (const installAs of ['sudo', 'sudoPassword', 'su'] as const) {
    it(`${installAs}: all that is there belongs to the install user, and nothing else is left`, async () => {
      users.setPassword('dlog', password);
      users.setPassword('dins', password);
      users.allow(`${users.name('dlog')} ALL=(${users.name('dins')}) ${installAs === 'sudo' ? 'NOPASSWD: ' : ''}ALL`);
      const { run, host, asked, events } = await begin({ kind: installAs, user: users.name('dins') });
      const deployment = await run.ended;
      assert.equal(deployment.state, 'complete', JSON.stringify(deployment.hosts));
      for (const name of readdirSync(host.target)) assert.equal(ownerOf(join(host.target, name)), users.id('dins'), name);
      assert.deepEqual([existsSync(host.staging), existsSync(host.lock)], [false, false]);
      // One question for the whole run.
      assert.deepEqual(asked, installAs === 'sudo' ? [] : [installAs === 'su' ? 'su' : 'sudo']);
      assert.doesNotMatch(JSON.stringify(await events(run.id)), /wörd/);
    });
  }

  it('silent.ini is for the install user alone while the installer runs, and a stop ends and removes all of it', async () => {
    users.allow(`${users.name('dlog')} ALL=(${users.name('dins')}) NOPASSWD: ALL`);
    const { run, host } = await begin({ kind: 'sudo', user: users.name('dins') }, 'hang');
    await run.seen((event) => event.type === 'output', 'output of the installer');
    const answers = join(host.staging, run.id, 'silent.ini');
    assert.deepEqual([ownerOf(answers), statSync(answers).mode & 0o777, ownerOf(host.staging)], [users.id('dins'), 0o600, users.id('dins')]);
    await fixture?.manager.stop(run.id);
    const deployment = await run.ended;
    assert.equal(deployment.hosts[0]?.state, 'cancelled');
    assert.deepEqual([existsSync(host.staging), existsSync(host.lock)], [false, false]);
  });

  it('a user who may not fails before anything is changed', async () => {
    const { run, host } = await begin({ kind: 'sudo', user: users.name('dins') });
    const deployment = await run.ended;
    assert.deepEqual([deployment.state, deployment.hosts[0]?.error?.code], ['failed', 'host/install-user-refused']);
    assert.deepEqual([existsSync(host.staging), existsSync(host.lock), existsSync(host.target)], [false, false, false]);
  });
});
