import assert from 'node:assert/strict';
import { createActionLog, outlineActionLog, type ActionLogOptions } from '../../../../src/core/deployment/actionLog';
import type { DeploymentEventBody } from '../../../../src/core/deployment/model';
import { exampleDeployment, exampleEvents, exampleInputs } from './examples';

const failingRun: readonly DeploymentEventBody[] = [
  { type: 'started', inputs: exampleInputs(), startedBy: 'anna@desk', planHash: 'c0ffee' },
  { type: 'hostStarted', host: 'h1' },
  { type: 'stepStarted', host: 'h1', step: 'install' },
  { type: 'command', host: 'h1', text: './install.sh -s' },
  { type: 'output', host: 'h1', stream: 'stdout', text: 'Unpacking \u001b[31mred\u001b[0m\u0007' },
  { type: 'output', host: 'h1', stream: 'stderr', text: 'no such host' },
  { type: 'stepDone', host: 'h1', step: 'install' },
  { type: 'stepStarted', host: 'h1', step: 'result' },
  { type: 'fact', host: 'h1', name: 'resultCode', value: '1' },
  { type: 'hostEnded', host: 'h1', state: 'failed', step: 'result', error: { code: 'deploy/installer-error', args: { host: 'eu-sip-04', message: 'Host not found' } }, left: ['/opt/backup_1'] },
  { type: 'ended', state: 'failed' },
];

describe('the deployment action log', () => {
  it('prints one line an event, with time, host, step and mark', () => {
    assert.deepEqual(print(failingRun, { locale: 'en', timeZone: 'Europe/Paris' }), [
      'Package     Local Control Agent 8.5.100.37 (ENU, Linux 64-bit)',
      'Deployment  d1, Install',
      'Started by  anna@desk',
      'Plan        c0ffee',
      'Hosts       eu-sip-04 (LCA_eu-sip-04)',
      'Times       UTC+1 (Europe/Paris)',
      '',
      '2026-11-22 10:15:42.370  eu-sip-04   8/12 Install     > Run the installer',
      '2026-11-22 10:15:42.620  eu-sip-04   8/12 Install     $ ./install.sh -s',
      '2026-11-22 10:15:42.870  eu-sip-04   8/12 Install     | Unpacking red',
      '2026-11-22 10:15:43.120  eu-sip-04   8/12 Install     ! no such host',
      '2026-11-22 10:15:43.370  eu-sip-04   8/12 Install     ✓ Done in 1 s',
      '2026-11-22 10:15:43.620  eu-sip-04   9/12 Result      > Read the result of the installer',
      '2026-11-22 10:15:43.870  eu-sip-04   9/12 Result      = ResultCode=1',
      '2026-11-22 10:15:44.120  eu-sip-04   9/12 Result      ✗ deploy/installer-error: The installer on eu-sip-04 reported “Host not found”. Correct the cause there, then try this host again.',
      '2026-11-22 10:15:44.120  eu-sip-04   9/12 Result      ! Still on the host: /opt/backup_1',
      '',
      'eu-sip-04  Failed: Result',
    ]);
  });

  it('speaks French', () => {
    const lines = print(failingRun, { locale: 'fr', timeZone: 'UTC' });
    assert.equal(lines[0], 'Package      Local Control Agent 8.5.100.37 (ENU, Linux 64 bits)');
    assert.ok(lines.some((line) => line.endsWith('✗ deploy/installer-error: Le programme d’installation sur eu-sip-04 a signalé «\u00a0Host not found\u00a0». Corrigez la cause, puis relancez cet hôte.')), lines.join('\n'));
    assert.equal(lines.at(-1), 'eu-sip-04  Échec\u00a0: Résultat');
  });

  it('gives every line of a message a mark of its own, so that output cannot pass for a line of the log', () => {
    const lines = print([{ type: 'output', host: 'h1', stream: 'stdout', text: 'one\n2026-11-22 forged' }], { locale: 'en', timeZone: 'UTC' });
    assert.equal(lines.length, 2);
    for (const line of lines) assert.match(line, /^2026-11-22 09:15:41\.870 {2}eu-sip-04 .* \| /);
  });

  it('holds the lines of one host alone when it is opened from that host', () => {
    const both: readonly DeploymentEventBody[] = [
      { type: 'stepStarted', host: 'h1', step: 'connect' }, { type: 'stepStarted', host: 'h2', step: 'connect' },
      { type: 'hostEnded', host: 'h1', state: 'complete', left: [] }, { type: 'hostEnded', host: 'h2', state: 'skipped', reason: 'application-exists', left: [] },
      { type: 'ended', state: 'complete' },
    ];
    const log = createActionLog(exampleDeployment(['a', 'b']), { locale: 'en', hostId: 'h2', timeZone: 'UTC' });
    const lines = log.add(exampleEvents(both));
    assert.deepEqual(lines.map((line) => line.hostId), ['h2', 'h2', undefined, 'h2']);
    assert.equal(lines.at(-1)?.text, 'b  Skipped: the application object exists and is not installed again');
  });

  it('outlines hosts and steps, a repeated step again', () => {
    const log = createActionLog(exampleDeployment(), { locale: 'en', timeZone: 'UTC' });
    const again: readonly DeploymentEventBody[] = [{ type: 'resumed', by: 'bob@desk', hosts: ['h1'] }, { type: 'stepStarted', host: 'h1', step: 'install' }];
    const outline = outlineActionLog(log.add(exampleEvents([...failingRun, ...again])));
    assert.deepEqual(outline, [{
      hostId: 'h1', firstLine: 7, lastLine: 20,
      steps: [
        { step: 'install', failed: false, firstLine: 7, lastLine: 11 },
        { step: 'result', failed: true, firstLine: 12, lastLine: 15 },
        { step: 'install', failed: false, firstLine: 20, lastLine: 20 },
      ],
    }]);
  });
});

function print(bodies: readonly DeploymentEventBody[], options: ActionLogOptions): string[] {
  return createActionLog(exampleDeployment(), options).add(exampleEvents(bodies)).map((line) => line.text);
}
