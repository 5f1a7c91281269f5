import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { readResultLog } from './readResultLog';
import { linuxPackageEntries, type LinuxSample } from '../../support/samplePackages/packageEntries';
import { samples } from '../../support/samplePackages/samples';
import { writeSample } from '../../support/samplePackages/writeSample';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';

describe('the installer of the sample packages', function () {
  if (process.platform === 'win32') return;
  const folder = useTemporaryFolder();
  const at = (...parts: string[]) => join(folder(), ...parts);
  const target = () => at('target');

  async function unpack(name: 'lca' | 'mediaControl' | 'plugIn' = 'lca', changes: Partial<LinuxSample['description']> = {}): Promise<void> {
    const sample = samples[name];
    const entries = async () => (Object.keys(changes).length === 0 ? sample.entries() : linuxPackageEntries({ description: { ...sample.description, ...changes }, silentIni: '', templates: [] }));
    const path = await writeSample({ ...sample, entries }, at('archive'));
    fs.mkdirSync(at('tmp'));
    spawnSync('tar', ['-xzf', path, '-C', folder()]);
  }

  interface Ended {
    readonly code: number | null;
    readonly output: string;
    /** `ResultCode: Error`; undefined without a log. */
    readonly result: string | undefined;
  }

  /** Runs the installer with a response file of these lines. */
  function install(lines: readonly string[], options: { args?: readonly string[]; lineEnd?: string } = {}): Ended {
    fs.writeFileSync(at('silent.ini'), lines.join(options.lineEnd ?? '\n'));
    fs.rmSync(at('result.log'), { force: true });
    const args = options.args ?? ['-fl', at('result.log'), '-s', '-fr', at('silent.ini')];
    const { status, stdout, stderr } = spawnSync('./install.sh', args, { cwd: at('ip'), encoding: 'utf8', env: { ...process.env, TMPDIR: at('tmp') } });
    return { code: status, output: stdout + stderr, result: readResultLog(at('result.log')) };
  }
  const common = (path = target()) => ['[IPCommon]', `InstallPath=${path}`];
  const without = ['[LCA]', 'Silent_Installation_Without_ConfigServer=yes'];

  it('installs, writes run.sh, its marker and the result log, and removes its copy', async () => {
    await unpack();
    const { code, result } = install([...common(), ...without]);
    assert.deepEqual([code, result], [0, '0: ']);
    assert.equal(fs.statSync(join(target(), 'run.sh')).mode & 0o777, 0o750);
    for (const file of ['ip_description.xml', 'read_me.html', 'product', 'conf/product.conf', 'uninstall/uninstall.sh']) assert.ok(fs.existsSync(join(target(), file)), file);
    assert.match(fs.readFileSync(join(target(), 'installed.txt'), 'utf8'), /^Name=Local Control Agent\nVersion=8\.5\.100\.37\n/);
    assert.deepEqual(fs.readdirSync(at('tmp')), []);
    assert.ok(!fs.existsSync(at('ip', '.exists')));
  });

  it('moves what it finds in the target into a backup, again and again', async () => {
    await unpack();
    fs.mkdirSync(target());
    fs.writeFileSync(join(target(), '.hidden'), 'earlier');
    assert.equal(install([...common(), ...without]).code, 0);
    const [backup = ''] = fs.readdirSync(target()).filter((name) => name.startsWith('backup_'));
    assert.match(backup, /^backup_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/);
    assert.equal(fs.statSync(join(target(), backup)).mode & 0o777, 0o700);
    assert.equal(fs.readFileSync(join(target(), backup, '.hidden'), 'utf8'), 'earlier');
  });

  for (const [name, lineEnd] of [['CR LF', '\r\n'], ['LF CR', '\n\r'], ['CR', '\r']] as const) {
    it(`takes a response file with ${name}`, async () => {
      await unpack();
      assert.equal(install([...common(), ...without, ''], { lineEnd }).result, '0: ');
    });
  }

  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a missing section', without, /InstallPath of section IPCommon was not found/],
    ['a section with a blank behind it', ['[IPCommon] ', 'InstallPath=/x'], /InstallPath/],
    ['a section in another case', ['[ipcommon]', 'InstallPath=/x'], /InstallPath/],
    ['a key with a blank', ['[IPCommon]', 'InstallPath =/x'], /InstallPath/],
    ['a relative path', ['[IPCommon]', 'InstallPath=opt/lca'], /not an absolute path/],
    ['a path that is not trimmed', ['[IPCommon]', 'InstallPath= /opt/lca'], /not an absolute path/],
    ['a path that climbs', ['[IPCommon]', 'InstallPath=/opt/../etc'], /not allowed/],
    ['a target that cannot be made', ['[IPCommon]', 'InstallPath=/dev/null/x'], /Unable to create/],
    ['an agent that wants Configuration Server', ['[IPCommon]', 'InstallPath=/x', '[LCA]', 'Silent_Installation_Without_ConfigServer=no'], /Section ConfigServer was not found/],
    ['a wrong port', ['[ConfigServer]', 'Host=h', 'Port=x', 'User=u', 'Password='], /Invalid port/],
    ['no password', ['[ConfigServer]', 'Host=h', 'Port=1', 'User=u'], /Password/],
    ['a license file that is missing', ['[License]', 'UseLicense=Required', 'AccessType=LicenseFile', 'File=/nowhere'], /nowhere was not found/],
    ['what the test asks for', ['[SandboxTest]', 'Fail=no luck = today'], /^1: no luck = today$/],
  ];
  it('refuses what the vendor’s refuses, with exit code 1 and the reason in the log', async () => {
    await unpack();
    for (const [title, lines, expected] of refusals) {
      const { code, result } = install(lines);
      assert.equal(code, 1, title);
      assert.match(result ?? '', expected, title);
    }
    assert.equal(install([], { args: ['-s', '-fr', at('missing.ini'), '-fl', at('result.log')] }).result, `1: File ${at('missing.ini')} was not found`);
  });

  it('wants a license accepted where the package needs one', async () => {
    await unpack('lca', { license: 'Required' });
    assert.match(install(common()).result ?? '', /LicenseAgreement/);
    assert.equal(install([...common(), '[License]', 'LicenseAgreement=Accepted']).result, '0: ');
  });

  it('refuses the package folder as its target', async () => {
    await unpack();
    assert.match(install(common(at('ip'))).result ?? '', /equals the package folder/);
  });

  it('copies a plug-in into GAX, or says what to copy', async () => {
    await unpack('plugIn');
    const lines = [...common(), '[gaxSampleRpt]', `GAX_Directory=${at('gax')}`];
    const warned = install(lines);
    assert.deepEqual([warned.code, warned.output.includes('WARNING')], [0, true]);
    const library = at('gax', 'webapp', 'WEB-INF', 'lib');
    fs.mkdirSync(library, { recursive: true });
    assert.equal(install(lines).code, 0);
    assert.deepEqual(fs.readdirSync(library).sort(), ['gax-sample-export.jar', 'gax-sample-reporting.jar']);
  });

  it('misbehaves as a test asks for', async () => {
    await unpack('mediaControl');
    const server = ['[ConfigServer]', 'Host=h', 'Port=1', 'User=u', 'Password=s3cret', ...common()];
    assert.match(install([...server, '[SandboxTest]', 'EchoPassword=yes', 'Output=3']).output, /line 3 of[^]*The password is s3cret/);
    assert.equal(install([...server, '[SandboxTest]', 'NoLog=yes', 'ExitCode=7']).code, 7);
    assert.equal(install([...server, '[SandboxTest]', 'NoLog=yes']).result, undefined);
    const late = install([...server, '[SandboxTest]', 'FailLate=too late']);
    assert.deepEqual([late.result, fs.existsSync(join(target(), 'product'))], ['1: too late', true]);
  });

  it('ends when asked to, with its copy removed', async () => {
    await unpack();
    fs.writeFileSync(at('silent.ini'), [...common(), ...without, '[SandboxTest]', 'Hang=yes', ''].join('\n'));
    const child = spawn('./install.sh', ['-s', '-fr', at('silent.ini')], { cwd: at('ip'), env: { ...process.env, TMPDIR: at('tmp') } });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    await until(() => output.includes('Hanging'), 'the installer to hang');
    assert.equal(fs.readdirSync(at('tmp')).length, 1);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 1);
    assert.deepEqual(fs.readdirSync(at('tmp')), []);
  });
});
