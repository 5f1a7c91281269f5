import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHostReport } from '../../../src/core/deployment/facts';
import { removeScript } from '../../../src/service/deploying/hostScripts/posix/cleanUp';
import { followScript, startScript, stopScript } from '../../../src/service/deploying/hostScripts/posix/installer';
import { takeOverScript, takeScript } from '../../../src/service/deploying/hostScripts/posix/lock';
import { reportScript } from '../../../src/service/deploying/hostScripts/posix/report';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';
import { processesOf } from './support/fixture';

const system = { osGroup: 'linux', architecture: 'x86_64', bits: 64, release: 'Debian 12' } as const;
const shells = [['sh'], ['bash'], ['busybox', 'sh'], ['ksh']].filter(([program = '', ...words]) => spawnSync(program, [...words, '-c', 'exit 7']).status === 7);

for (const shell of shells) {
  describe(`the scripts for hosts, in ${shell.join(' ')}`, () => {
    const folder = useTemporaryFolder();
    let staging: string;
    let run: string;

    beforeEach(() => {
      staging = join(folder(), 'my staging', 'd-1');
      run = join(staging, 'run');
      mkdirSync(join(staging, 'package'), { recursive: true });
      writeFileSync(join(staging, 'silent.ini'), '');
      writeFileSync(join(staging, 'content'), 'abc\n');
    });

    it('report what a host has, with blanks in its paths', () => {
      mkdirSync(join(folder(), 'the target', 'backup_1'), { recursive: true });
      writeFileSync(join(folder(), 'file'), '');
      const facts = parseHostReport(execute(reportScript, [join(folder(), 'my staging'), join(folder(), 'the target')]).stdout, system);
      assert.deepEqual([facts?.staging.real, facts?.staging.existing, facts?.staging.writable, facts?.staging.foreign], [join(folder(), 'my staging'), join(folder(), 'my staging'), true, false]);
      assert.deepEqual([facts?.target?.filled, facts?.target?.backups, facts?.leftovers, facts?.missingTools], [true, ['backup_1'], [{ deploymentId: 'd-1', sha256: 'abc' }], []]);
      assert.ok((facts?.temporary.free ?? 0) > 0);
      const blocked = parseHostReport(execute(reportScript, [join(folder(), 'file/below/it')]).stdout, system);
      assert.deepEqual([blocked?.staging.blocked, blocked?.staging.real, blocked?.target], [true, join(folder(), 'file/below/it'), undefined]);
    });

    it('start an installer once, print all it prints, and keep its exit code', async () => {
      install('echo out; echo err >&2; pwd; i=0; while [ $i -lt 3000 ]; do echo "line $i"; i=$((i+1)); done; exit 3');
      assert.match(start().stdout, /^started \d+\n$/);
      const followed = execute(followScript, [run]);
      assert.deepEqual([followed.stdout.split('\n')[0], followed.stdout.split('\n')[1], followed.stdout.split('\n').length, followed.stderr], ['out', join(staging, 'package'), 3003, 'err\n']);
      assert.equal(readFileSync(join(run, 'exit'), 'utf8'), '3\n');
      assert.match(start().stdout, /^started \d+\n$/, 'one that failed is started again');
      await until(() => existsSync(join(run, 'exit')) && processesOf('d-1').length === 0, 'the end of the second one');
    });

    it('do not start one that ended well, or still runs', async () => {
      install('exit 0');
      start();
      // What writes the exit code lives a moment longer.
      await until(() => existsSync(join(run, 'exit')) && processesOf('d-1').length === 0, 'the end');
      assert.equal(start().stdout, 'ended\n');
      install('sleep 100');
      writeFileSync(join(run, 'exit'), '1\n');
      const [, pid = ''] = /^started (\d+)\n$/.exec(start().stdout) ?? [];
      assert.equal(start().stdout, `running ${pid}\n`);
      execute(stopScript, [run, 'd-1', '10']);
    });

    it('say why an installer cannot be started, and start none whose silent.ini was cleaned up meanwhile', () => {
      assert.equal(start().stdout, 'failed\ninstall.sh is not executable\n');
      install('exit 0');
      rmSync(join(staging, 'silent.ini'));
      assert.equal(start().stdout, `failed\n${join(staging, 'silent.ini')} is missing\n`);
      assert.deepEqual(processesOf('d-1'), []);
    });

    it('end an installer with all that it started, and give it time to remove its own copy', async () => {
      install(`trap 'rm -rf "${folder()}/copy"; exit 1' TERM; mkdir "${folder()}/copy"; (trap "" TERM; while :; do sleep 1; done) & setsid sleep 100 & wait`);
      start();
      await until(() => processesOf('d-1').length >= 4, 'the processes of the installer');
      const follower = spawn(shell[0] ?? '', [...shell.slice(1), '-s', '--', run], { stdio: ['pipe', 'ignore', 'ignore'] });
      follower.stdin.end(followScript);
      const ended = new Promise((resolve) => follower.once('close', resolve));
      assert.equal(execute(stopScript, [run, 'd-1', '3']).stdout, '');
      assert.deepEqual(processesOf('d-1'), []);
      assert.ok(!existsSync(join(folder(), 'copy')));
      await ended;
    });

    it('remove the beginning of a lock whose maker was killed, and leave that of one who is at it', async () => {
      const lock = join(folder(), 'lock');
      const killed = spawn('true');
      await once(killed, 'close');
      // Its number may be used again by somebody who takes no lock.
      const others = spawn('sleep', ['100']);
      const atIt = spawn(shell[0] ?? '', [...shell.slice(1), '-s', '--', lock, 'an owner'], { stdio: ['pipe', 'ignore', 'ignore'] });
      try {
        for (const { pid } of [killed, others, atIt]) mkdirSync(`${lock}.${pid}`);
        mkdirSync(`${lock}.keep`);
        assert.equal(execute(takeScript, [lock, 'me']).stdout, 'taken\n');
        assert.deepEqual(readdirSync(folder()).sort(), ['lock', `lock.${atIt.pid}`, 'lock.keep', 'my staging']);
        assert.equal(execute(takeScript, [lock, 'you']).stdout, 'held\nme\n');
      } finally {
        others.kill();
        atIt.kill('SIGKILL');
      }
    });

    it('take a lock over once, and are not held up for ever by who was killed at it', () => {
      const lock = join(folder(), 'my lock');
      mkdirSync(join(lock, 'taking'), { recursive: true });
      writeFileSync(join(lock, 'owner'), 'me\n');
      assert.equal(execute(takeOverScript, [lock, 'you', 'me']).stdout, 'held\nme\n', 'somebody is at it');
      const killed = Date.now() / 1000 - 11 * 60;
      utimesSync(join(lock, 'taking'), killed, killed);
      assert.equal(execute(takeOverScript, [lock, 'you', 'me']).stdout, 'taken\n');
      assert.equal(execute(takeOverScript, [lock, 'them', 'me']).stdout, 'held\nyou\n', 'it has another owner by now');
      assert.deepEqual([readdirSync(lock), readFileSync(join(lock, 'owner'), 'utf8')], [['owner'], 'you\n']);
    });

    it('remove what is the deployment’s, and nothing of another one', () => {
      const lock = join(folder(), 'lock');
      mkdirSync(lock);
      writeFileSync(join(lock, 'owner'), '{"user":"a","machine":"b","deployment":"d-2","since":""}\n');
      mkdirSync(join(folder(), 'my staging', 'd-2'));
      assert.deepEqual(execute(removeScript, [staging, lock, 'd-1']).stdout, `removed\t${staging}\n`);
      assert.deepEqual(readdirSync(folder()).sort(), ['lock', 'my staging']);
      assert.deepEqual(execute(removeScript, [join(folder(), 'my staging/d-2'), lock, 'd-2']).stdout, `removed\t${join(folder(), 'my staging/d-2')}\nremoved\t${lock}\n`);
      assert.deepEqual(readdirSync(folder()), []);
    });

    it('remove the copy that the vendor’s wrapper left, and can keep the package', () => {
      const copy = join(folder(), 'tmp', '20261122_1');
      mkdirSync(copy, { recursive: true });
      writeFileSync(join(copy, 'launch_directory.txt'), `${staging}/package/ip\n`);
      mkdirSync(join(folder(), 'tmp', 'other'));
      writeFileSync(join(folder(), 'tmp', 'other', 'launch_directory.txt'), '/elsewhere/ip\n');
      mkdirSync(run);
      writeFileSync(join(run, 'stdout'), 'what the installer printed');
      writeFileSync(join(staging, '.hidden'), '');
      const removed = execute(removeScript, [staging, join(folder(), 'lock'), 'd-1', 'keep'], { TMPDIR: join(folder(), 'tmp') }).stdout;
      assert.equal(removed, `removed\t${copy}\nremoved\t${run}\nremoved\t${staging}/silent.ini\nremoved\t${staging}/.hidden\nkept\t${staging}\n`);
      assert.deepEqual([readdirSync(join(folder(), 'tmp')), readdirSync(staging).sort()], [['other'], ['content', 'package']]);
    });

    it('keep no folder that does not say what its package is', () => {
      rmSync(join(staging, 'content'));
      assert.equal(execute(removeScript, [staging, join(folder(), 'lock'), 'd-1', 'keep']).stdout, `removed\t${staging}\n`);
    });

    function install(script: string): void {
      writeFileSync(join(staging, 'package/install.sh'), `#!/bin/sh\n${script}\n`);
      chmodSync(join(staging, 'package/install.sh'), 0o755);
    }

    function start() {
      return execute(startScript, [run, join(staging, 'package'), join(staging, 'silent.ini'), join(staging, 'result.log'), 'd-1']);
    }

    function execute(script: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
      const [program = '', ...words] = shell;
      return spawnSync(program, [...words, '-s', '--', ...args], { input: script, encoding: 'utf8', env: { ...process.env, ...environment }, timeout: 15_000 });
    }
  });
}
