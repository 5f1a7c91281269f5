import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGroup } from '../../support/processGroup';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a process group', function () {
  if (process.platform === 'win32') return;
  const folder = useTemporaryFolder();

  it('tells what the program wrote and how it ended', async () => {
    const group = startGroup('sh', ['-c', 'echo "ready on 4711"; echo sorry >&2; exit 3']);
    assert.equal((await group.outputMatching(/on (\d+)/, 5000))[1], '4711');
    assert.deepEqual(await group.exited, { code: 3, signal: null });
    assert.match(group.output(), /sorry/);
    await assert.rejects(group.outputMatching(/never/, 5000), /ended before it wrote/);
  });

  it('ends the program with everything it started', async () => {
    const group = startGroup('sh', ['-c', 'sleep 100 & echo "child $!"; wait']);
    const child = Number((await group.outputMatching(/child (\d+)/, 5000))[1]);
    assert.equal(isRunning(child), true);
    await group.stop();
    await until(() => !isRunning(child), 'the child to be gone');
  });

  it('ends when the process that started it is killed', async () => {
    // What startGroup does, in a process that can be killed: the same leader, holding the same pipe.
    const pidFile = join(folder(), 'pid');
    const owner = spawn(process.execPath, [join(__dirname, '../../support/groupOwner.entry.js'), pidFile], { stdio: 'ignore' });
    const readPid = (): number => {
      try {
        return Number(readFileSync(pidFile, 'utf8'));
      } catch {
        return 0;
      }
    };
    await until(() => readPid() > 0, 'the program to start');
    owner.kill('SIGKILL');
    await until(() => !isRunning(readPid()), 'the program to be gone');
  });
});
