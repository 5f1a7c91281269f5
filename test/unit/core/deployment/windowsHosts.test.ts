import assert from 'node:assert/strict';
import { parseHostReport } from '../../../../src/core/deployment/facts';
import { hostFit } from '../../../../src/core/deployment/hostFit';
import { planDeployment, stepOf } from '../../../../src/core/deployment/plan';
import { encodeSilentIni } from '../../../../src/core/deployment/silentIni';
import { windowsReleaseOf, windowsVersionOf } from '../../../../src/core/deployment/windowsReleases';
import { exampleFacts, exampleFolder, exampleInputs, examplePackage, exampleSubject } from './examples';

const system = { osGroup: 'windows', architecture: 'AMD64', bits: 64, release: 'Windows Server 2019', releaseVersion: '10.0.17763' } as const;

describe('releases of Windows', () => {
  it('are named as packages name them', () => {
    const names: readonly (readonly [version: string, isServer: boolean, name: string])[] = [
      ['10.0.26100', true, 'Windows Server 2025'], ['10.0.20348', true, 'Windows Server 2022'], ['10.0.17763', true, 'Windows Server 2019'], ['10.0.14393', true, 'Windows Server 2016'],
      ['6.3.9600', true, 'Windows Server 2012 R2'], ['6.2.9200', true, 'Windows Server 2012'], ['6.1.7601', true, 'Windows Server 2008 R2'], ['6.0.6003', true, 'Windows Server 2008'],
      ['10.0.22631', false, 'Windows 11'], ['10.0.19045', false, 'Windows 10'], ['6.1.7601', false, 'Windows 7'], ['4.0', true, 'Windows Server (4.0)'],
    ];
    for (const [version, isServer, name] of names) assert.equal(windowsReleaseOf(version, isServer), name);
  });

  it('are found by their names, with an edition or the maker’s name around', () => {
    assert.deepEqual(['Windows Server 2012', 'Windows Server 2012 R2', 'Microsoft Windows Server 2012 R2 Standard', 'windows server  2008', 'Windows 10', 'Windows Server 2012R2', 'Red Hat'].map(windowsVersionOf),
      ['6.2', '6.3', '6.3', '6.0', '10.0.10240', undefined, undefined]);
  });

  it('fit where they are not lower than every listed one', () => {
    const needs = (...names: string[]) => ({ osGroup: 'windows', computerTypes: ['Intel EM64T'], supportedSystems: names.map((name) => ({ name })) });
    assert.equal(hostFit(needs('Windows Server 2012', 'Windows Server 2022'), system), 'fits');
    assert.equal(hostFit(needs('Windows Server 2022', 'Windows 11'), system), 'wrong-release');
    assert.equal(hostFit(needs('Windows Server 2016'), { ...system, releaseVersion: '6.3.9600' }), 'wrong-release');
    assert.equal(hostFit(needs('Windows for Workgroups'), system), 'fits');
    // The name says more than the version beside it.
    assert.equal(hostFit({ ...needs(), supportedSystems: [{ name: 'Windows 7', version: '7' }] }, { ...system, releaseVersion: '6.1.7601' }), 'fits');
    assert.equal(hostFit({ ...needs(), computerTypes: ['Intel 32 bit'] }, system), 'fits');
    assert.equal(hostFit({ ...needs('Windows Server 2012'), osGroup: 'linux' }, system), 'wrong-system');
  });
});

describe('what a Windows host tells', () => {
  const report = [
    'version\t10.0.17763', 'administrator\tyes', 'loader32\tyes', 'staging.path\tC:\\ProgramData\\gax', 'staging.existing\tC:\\ProgramData\\gax', 'staging.real\tC:\\ProgramData\\gax',
    'staging.mount\tC:\\', 'staging.free\t5000', 'staging.writable\tyes', 'staging.foreign\tyes', 'temporary.path\tC:\\Temp', 'temporary.existing\tC:\\Temp', 'temporary.real\tC:\\Temp', 'temporary.mount\tC:\\', 'temporary.free\t5000',
    'installer\td0 99', 'leftover\td0 abc', 'end\t',
  ];
  it('is read with or without carriage returns', () => {
    for (const end of ['\n', '\r\n']) {
      const facts = parseHostReport(report.join(end), system);
      assert.deepEqual([facts?.releaseVersion, facts?.administrator, facts?.target], ['10.0.17763', true, undefined]);
      assert.deepEqual(facts?.staging, { path: 'C:\\ProgramData\\gax', existing: 'C:\\ProgramData\\gax', real: 'C:\\ProgramData\\gax', blocked: false, writable: true, mount: 'C:\\', free: 5000, noexec: false, foreign: true });
      assert.deepEqual([facts.installers, facts.leftovers], [[{ deploymentId: 'd0', pid: 99 }], [{ deploymentId: 'd0', sha256: 'abc' }]]);
    }
    assert.equal(parseHostReport(report.filter((line) => !line.startsWith('staging.free')).join('\n'), system), undefined);
  });
});

describe('a plan for a Windows host', () => {
  const staging = exampleFolder('C:\\ProgramData\\gax', { mount: 'C:\\' });
  const facts = exampleFacts({ system, releaseVersion: '10.0.17763', administrator: true, staging, temporary: exampleFolder('C:\\Temp', { mount: 'C:\\' }), target: { ...exampleFolder('D:\\GCTI', { mount: 'D:\\' }), filled: false, backups: [] } });
  const item = examplePackage({ identity: { ...examplePackage().identity, osGroup: 'windows' }, archiveFormat: 'zip' });
  const plan = (change: Parameters<typeof exampleFacts>[0] = {}, longestPath = item.longestPath) => {
    const [planned] = planDeployment(exampleInputs(), { ...item, longestPath }, [exampleSubject({ stagingFolder: staging.real, lockFolder: 'C:\\ProgramData\\gax-lock', facts: { ...facts, ...change } })]);
    assert.ok(planned);
    return planned;
  };

  it('has the paths and the command line of Windows, and counts space by drive', () => {
    const planned = plan();
    assert.deepEqual(planned.problems, []);
    assert.equal(planned.layout.installer, 'C:\\ProgramData\\gax\\d1\\package\\ip');
    assert.equal(stepOf(planned, 'install').command, `setup.exe /s /z"-s 'C:\\ProgramData\\gax\\d1\\silent.ini' -sl 'C:\\ProgramData\\gax\\d1\\result.log' -t 'C:\\ProgramData\\gax\\d1\\wizard.log'"`);
    assert.deepEqual(planned.space.map(({ mount, folders }) => [mount, folders]), [['C:\\', ['C:\\ProgramData\\gax', 'C:\\Temp']], ['D:\\', ['D:\\GCTI']]]);
  });

  it('refuses what Windows cannot do', () => {
    const codes = (...args: Parameters<typeof plan>): readonly string[] => plan(...args).problems.map(({ code }) => code);
    assert.deepEqual(codes({ administrator: false }), ['deploy/not-administrator']);
    assert.deepEqual(codes({ missingTools: ['tar.exe'] }), ['deploy/tools-missing']);
    assert.deepEqual(codes({ staging: { ...staging, foreign: true } }), ['deploy/foreign-folder']);
    const room = 259 - 'C:\\ProgramData\\gax\\d1\\package\\'.length;
    assert.deepEqual([codes({}, 'x'.repeat(room)), codes({}, 'x'.repeat(room + 1))], [[], ['deploy/path-too-long']]);
  });
});

describe('silent.ini as bytes', () => {
  it('has the line ends and the code page of Windows there, and UTF-8 elsewhere', () => {
    assert.deepEqual(Buffer.from(encodeSilentIni('[A]\nb=é€\r\n', 'windows')), Buffer.from('[A]\r\nb=\xe9\x80\r\n', 'latin1'));
    assert.equal(Buffer.from(encodeSilentIni('[A]\nb=日\n', 'windows')).toString(), '[A]\r\nb=日\r\n');
    assert.equal(Buffer.from(encodeSilentIni('[A]\nb=é\n', 'linux')).toString(), '[A]\nb=é\n');
  });
});
