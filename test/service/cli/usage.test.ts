import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/runCommandLine';
import { cliHelp } from '../../../src/core/text/cliHelp';
import { createFakeTerminal, type FakeTerminalOptions } from '../../support/fakeTerminal';
import { useTemporaryFolder } from '../../support/temporaryFolder';

describe('the command line of gaxpkg', () => {
  const folder = useTemporaryFolder();
  const dataFolder = () => join(folder(), 'data');

  /** Runs a command that must not get as far as the service. */
  async function run(args: readonly string[], options: FakeTerminalOptions & { environment?: Record<string, string> } = {}) {
    const terminal = createFakeTerminal(options);
    const code = await runCommandLine(args, {
      terminal, environment: { GAXPKG_DATA: dataFolder(), ...options.environment }, serviceFiles: join(folder(), 'nothing'), runtime: join(folder(), 'nothing'),
    });
    assert.equal(existsSync(dataFolder()), false, 'the data folder was touched');
    return { code, out: terminal.outText, notes: terminal.noteText };
  }

  it('explains itself and each verb, in both languages', async () => {
    for (const locale of ['en', 'fr'] as const) {
      assert.deepEqual(await run(['--locale', locale, '--help']), { code: 0, out: cliHelp[locale].general, notes: '' });
      for (const topic of ['import', 'list', 'show', 'host', 'tenant', 'deploy', 'upgrade', 'rollback', 'plan', 'deployments', 'log', 'service'] as const) {
        assert.deepEqual(await run([`--locale=${locale}`, topic, '--help']), { code: 0, out: cliHelp[locale][topic], notes: '' });
        assert.match(cliHelp[locale].general, new RegExp(`^ {2}${topic}\\b`, 'm'));
      }
    }
  });

  it('names the same options in the help of both languages', () => {
    const optionsIn = (text: string) => [...new Set(text.match(/--[a-z-]+/g))].sort();
    for (const topic of Object.keys(cliHelp.en) as (keyof typeof cliHelp.en)[]) assert.deepEqual(optionsIn(cliHelp.fr[topic]), optionsIn(cliHelp.en[topic]), topic);
  });

  it('is typeset in French as everything else', () => {
    for (const text of Object.values(cliHelp.fr)) assert.doesNotMatch(text, / [:;?!%»]|« /);
    for (const text of [...Object.values(cliHelp.en), ...Object.values(cliHelp.fr)]) for (const line of text.split('\n')) assert.ok(line.length <= 115, line);
  });

  it('tells its version', async () => {
    const { code, out } = await run(['--version']);
    assert.equal(code, 0);
    assert.match(out, /^\d+\.\d+\.\d+/);
  });

  for (const [environment, expected] of [
    [{}, /No command/], [{ LANG: 'fr_FR.UTF-8' }, /Aucune commande/], [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'fr' }, /Aucune commande/],
    [{ LC_ALL: 'C', LANG: 'fr_FR' }, /No command/], [{ LC_MESSAGES: 'fr_CA', LANG: 'en_US' }, /Aucune commande/],
  ] as const) {
    it(`speaks the language of ${JSON.stringify(environment)}`, async () => {
      const { code, notes } = await run([], { environment });
      assert.equal(code, 2);
      assert.match(notes, expected);
    });
  }

  for (const [args, expected] of [
    [['nonsense'], /no command nonsense/],
    [['list', 'extra'], /extra was not expected/],
    [['list', '--nonsense=x'], /--nonsense is not an option/],
    [['--nonsense=x', 'list'], /--nonsense is not an option/],
    [['list', '--data', '/x'], /--data is not an option/],
    [['list', '--tenant'], /--tenant needs a value/],
    [['list', '--json=yes'], /--json takes no value/],
    [['--data'], /--data DIR is missing/],
    [['--locale', 'de', 'list'], /--locale does not take “de”; it takes en, fr/],
    [['import'], /PATH is missing/],
    [['show'], /NAME is missing/],
    [['log'], /DEPLOYMENT is missing/],
    [['host'], /add\|show\|list\|test\|edit\|remove\|protect is missing/],
    [['host', 'paint'], /no command host paint/],
    [['host', 'add', 'h'], /--address is missing/],
    [['host', 'add', 'h', '--address', 'a', '--port', '70000'], /--port does not take “70000”/],
    [['host', 'add', 'h', '--address', 'a', '--agent', '--password'], /Only one of --key, --agent, --password, --openssh/],
    [['host', 'add', 'h', '--address', 'a', '--install-as', 'sudo'], /--install-as does not take “sudo”/],
    [['host', 'add', 'h', '--address', 'a', '--install-as', 'su:-c'], /--install-as does not take “su:-c”/],
    [['tenant'], /list\|add\|rename\|remove is missing/],
    [['deployments', 'paint'], /no command deployments paint/],
    [['deployments', 'resume'], /DEPLOYMENT is missing/],
    [['service', 'start'], /no command service start/],
    [['deploy', 'LCA'], /--host is missing/],
    [['deploy', '--host', 'h'], /NAME is missing/],
    [['deploy', 'LCA', '--host', 'h', '--profile', 'sideways'], /profile sideways/],
    [['deploy', 'LCA', '--host', 'h', '--set', 'InstallPath'], /--set takes section\.key=value/],
    [['deploy', 'LCA', '--host', 'h', '--order', 'batches:0'], /--order takes all, canary or batches:N/],
    [['deploy', 'LCA', '--host', 'h', '--stop-after', 'some'], /--stop-after takes a number of hosts/],
    [['deploy', 'LCA', '--host', 'h', '--app-port', '70000'], /--app-port takes a port from 1 to 65535/],
    [['deploy', 'LCA', '--host', 'h', '--plan', 'x'], /--plan takes the hash/],
    [['plan', 'LCA', '--host', 'h', '--app-set', 'version=9'], /--app-set takes NAME=VALUE, .* not “version”/],
    [['upgrade', 'LCA'], /--host is missing/],
    [['rollback', 'LCA', '--host', 'h', '--profile', 'install'], /--profile is not an option/],
    [['deploy', 'LCA', '--host', 'h', '--set-secret', 'Password'], /--set-secret takes section\.key/],
  ] as const) {
    it(`refuses “${args.join(' ')}” with exit code 2`, async () => {
      const { code, out, notes } = await run(args);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(notes, expected);
      assert.match(notes, /--help/);
    });
  }

  it('refuses a wrong command line in French too, without English left in it', async () => {
    const { code, notes } = await run(['--locale', 'fr', 'list', '--nonsense']);
    assert.equal(code, 2);
    assert.match(notes, /^--nonsense n’est pas une option de cette commande\./);
  });

  for (const key of ['ConfigServer.Password', 'ConfigServer.xPassword', 'Database.password', 'QRAgent.KeyStorePwd']) {
    it(`refuses the secret ${key} on the command line, without repeating it, and names --set-secret`, async () => {
      const { code, notes } = await run(['deploy', 'LCA', '--host', 'h', '--set', `${key}=hunter2`]);
      assert.equal(code, 2);
      assert.match(notes, new RegExp(`--set-secret ${key.replace('.', '\\.')}`));
      assert.doesNotMatch(notes, /hunter2/);
    });
  }

  it('does not repeat a secret that was written behind --set-secret', async () => {
    const { notes } = await run(['deploy', 'LCA', '--host', 'h', '--set-secret', 'Password=hunter2']);
    assert.doesNotMatch(notes, /hunter2/);
  });

  for (const [stdin, expected] of [
    ['hunter2', /not JSON/], ['["hunter2"]', /not a JSON object/], ['{"hunter2": {}}', /may hold silentIni/],
    ['{"passwords": {"h": ["hunter2"]}}', /passwords must map names to texts/], ['{"silentIni": "hunter2"}', /silentIni must map/],
  ] as const) {
    it(`refuses a document of secrets that is ${expected.source}, without repeating it`, async () => {
      const { code, notes } = await run(['deploy', 'LCA', '--host', 'h', '--secrets-stdin'], { stdin });
      assert.equal(code, 2);
      assert.match(notes, expected);
      assert.doesNotMatch(notes, /hunter2/);
    });
  }
});
