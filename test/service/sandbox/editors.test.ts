import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/projectRoot';
import { startDesktop } from '../../support/sandbox/editors';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';

/** Like VS Code's own `code`: starts the editor apart from itself, then waits for the window to be closed. */
const program = `#!/bin/sh
here=$(dirname "$0")
printf '%s\\n' "$@" >"$here/args.new" && mv "$here/args.new" "$here/args"
setsid sh -c 'echo $$ >"$1.new" && mv "$1.new" "$1"; until [ -e "$2" ]; do sleep 0.05; done' editor "$here/pid" "$here/close" "$@" &
until [ -e "$here/close" ]; do sleep 0.05; done
`;

describe('a desktop editor in the playground', function () {
  if (process.platform !== 'linux') return;
  const folder = useTemporaryFolder();
  const at = (name: string): string => join(folder(), name);

  function open(): ReturnType<typeof startDesktop> {
    writeFileSync(at('code'), program, { mode: 0o755 });
    return startDesktop(at('code'), { folder: at('editor'), workspace: at('workspace'), environment: { GAXPKG_DATA: at('data') } });
  }
  const isGone = (pid: number): boolean => !existsSync(`/proc/${pid}`) || readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');

  it('gets folders of its own and the extension from its source', async () => {
    const editor = open();
    try {
      await until(() => existsSync(at('pid')), 'the editor to start');
      const args = readFileSync(at('args'), 'utf8').trim().split('\n');
      assert.ok(args.includes(`--user-data-dir=${at('editor/user')}`) && args.includes(`--extensions-dir=${at('editor/extensions')}`));
      assert.ok(args.includes(`--extensionDevelopmentPath=${projectRoot}`) && args.includes('--wait'));
      assert.equal(args.at(-1), at('workspace'));
      const settings = JSON.parse(readFileSync(at('editor/user/User/settings.json'), 'utf8')) as Record<string, unknown>;
      assert.equal(settings['telemetry.telemetryLevel'], 'off');
    } finally {
      await editor.stop();
    }
  });

  it('is ended with what runs apart from its command', async () => {
    const editor = open();
    await until(() => existsSync(at('pid')), 'the editor to start');
    const pid = Number(readFileSync(at('pid'), 'utf8'));
    await editor.stop();
    await until(() => isGone(pid), 'the editor to be gone');
  });

  it('tells when the person closed it', async () => {
    const editor = open();
    await until(() => existsSync(at('pid')), 'the editor to start');
    writeFileSync(at('close'), '');
    await editor.closed;
    await editor.stop();
  });
});
