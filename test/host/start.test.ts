import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openBrowser } from '../support/browser';
import { projectRoot } from '../support/projectRoot';
import { until } from '../support/until';

interface Ready {
  readonly pid: number;
  readonly folder: string;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly host: { readonly name: string; readonly server: string; readonly address: string; readonly port: number };
  readonly editor: { readonly kind: string; readonly url: string; readonly password: string };
}

/** `npm start` as a person starts it in a terminal, but for the options. */
async function start(...options: readonly string[]): Promise<{ ready: Ready; interrupt(): Promise<void> }> {
  // A terminal sends Ctrl+C to the whole group that is in front.
  const child = spawn('npm', ['start', '--', '--json', ...options], { cwd: projectRoot, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'close');
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const kill = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  };
  try {
    const line = (): string | undefined => /^\{.*\}$/m.exec(output)?.[0];
    await until(() => line() !== undefined || child.exitCode !== null, 'npm start to be ready', 300_000);
    const found = line();
    assert.ok(found !== undefined, `npm start ended:\n${output}`);
    return {
      ready: JSON.parse(found) as Ready,
      interrupt: async () => {
        kill('SIGINT');
        await exited;
      },
    };
  } catch (error) {
    kill('SIGKILL');
    throw error;
  }
}

/** Processes that a playground started: below its process, or with its folder in command line or environment. */
function listProcesses({ pid, folder }: Ready): Map<number, string> {
  const all = readdirSync('/proc').map(Number).filter((number) => number > 0 && number !== process.pid).flatMap((number) => {
    try {
      const [, parent = ''] = readFileSync(`/proc/${number}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      const command = readFileSync(`/proc/${number}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const environment = readFileSync(`/proc/${number}/environ`, 'utf8');
      return [{ number, parent: Number(parent), command, names: `${command}${environment}`.includes(folder) }];
    } catch {
      return [];
    }
  });
  const own = new Set([pid]);
  for (let size = 0; size !== own.size; ) {
    size = own.size;
    for (const { number, parent, names } of all) if (names || own.has(parent)) own.add(number);
  }
  return new Map(all.filter(({ number }) => own.has(number)).map(({ number, command }) => [number, command]));
}

/** Ports on loopback that some processes listen on. */
function listPorts(processes: Iterable<number>): Set<number> {
  const listening = new Map(['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter((cells) => cells[3] === '0A')
    .map((cells): [string, number] => [cells[9] ?? '', Number.parseInt(cells[1]?.split(':').at(-1) ?? '', 16)]));
  const ports = new Set<number>();
  for (const pid of processes) {
    try {
      for (const handle of readdirSync(`/proc/${pid}/fd`)) {
        const port = listening.get(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${handle}`))?.[1] ?? '');
        if (port !== undefined) ports.add(port);
      }
    } catch {
      // Ended while we looked.
    }
  }
  return ports;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function gaxpkg({ environment }: Ready, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('gaxpkg', args, { env: { ...process.env, ...environment } });
  return stdout;
}

async function assertNothingLeft(ready: Ready, processes: ReadonlyMap<number, string>, ports: ReadonlySet<number>): Promise<void> {
  const left = (): string[] => [...processes].filter(([pid]) => existsSync(`/proc/${pid}`)).map(([pid, command]) => `${pid} ${command}`);
  await until(() => left().length === 0, 'the processes to be gone').catch((error: unknown) => assert.fail(`${String(error)}\n${left().join('\n')}`));
  assert.deepEqual([...listProcesses(ready).values()], []);
  for (const port of ports) assert.equal(await isOpen(port), false, `port ${port} is still open`);
  assert.equal(existsSync(ready.folder), false);
}

describe('npm start', function () {
  this.timeout(360_000);

  it('gives an editor behind a password, packages and a host; import and deploy work; Ctrl+C leaves no process, port or folder', async () => {
    const { ready, interrupt } = await start('--editor', 'hosted');
    let processes = new Map<number, string>();
    let ports = new Set<number>();
    try {
      const browser = await openBrowser();
      try {
        const page = await browser.newPage({ extraHTTPHeaders: { 'accept-encoding': 'identity' } });
        page.setDefaultTimeout(90_000);
        await page.goto(ready.editor.url);
        await page.locator('input[type=password]').fill('wrong');
        await page.keyboard.press('Enter');
        await page.getByText(/incorrect password/i).waitFor();
        await page.locator('input[type=password]').fill(ready.editor.password);
        await page.keyboard.press('Enter');
        await page.locator('.monaco-workbench .statusbar').waitFor();
        await page.locator('.activitybar [aria-label^="Genesys"]').first().click();
        await page.locator('.pane-body .monaco-list-row', { hasText: /Media.Control.Platform/ }).waitFor();
        await page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame').getByText('sample packages of this playground').waitFor();
        await page.screenshot({ path: join(projectRoot, 'test-output/screenshots/start.png') });
      } finally {
        await browser.close();
      }

      const [archive = ''] = readdirSync(join(ready.folder, 'workspace/packages')).filter((name) => name.includes('_8510040b'));
      await gaxpkg(ready, 'import', join(ready.folder, 'workspace/packages', archive));
      assert.match(await gaxpkg(ready, 'list'), /8\.5\.100\.40/);
      await gaxpkg(ready, 'deploy', 'LCA@8.5.100.40', '--host', ready.host.name);
      assert.ok(readdirSync(join(ready.folder, 'host/opt/genesys/lca')).length > 0);

      processes = listProcesses(ready);
      ports = listPorts(processes.keys());
      assert.ok([...processes.values()].some((command) => /service\.js/.test(command)), 'the package service runs');
      assert.ok(ports.has(ready.host.port) && ports.has(Number(new URL(ready.editor.url).port)));
    } finally {
      await interrupt();
    }
    await assertNothingLeft(ready, processes, ports);
  });

  it('deploys over an SSH server in Node where no sshd is', async () => {
    const { ready, interrupt } = await start('--editor', 'none', '--server', 'node');
    let processes = new Map<number, string>();
    try {
      assert.equal(ready.host.server, 'node');
      await gaxpkg(ready, 'deploy', 'LCA@8.5.100.37', '--host', ready.host.name);
      assert.ok(readdirSync(join(ready.folder, 'host/opt/genesys/lca')).length > 0);
      processes = listProcesses(ready);
    } finally {
      await interrupt();
    }
    await assertNothingLeft(ready, processes, new Set([ready.host.port]));
  });
});
