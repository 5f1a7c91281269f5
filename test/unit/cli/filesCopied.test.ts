import { deepEqual, equal } from 'node:assert/strict';
import { textIn, type CliContext } from '../../../src/cli/context';
import { filesCopied } from '../../../src/cli/verbs/filesCopied';
import type { DeployedPackage } from '../../../src/core/deployment/model';
import type { ServiceClient } from '../../../src/service/client';
import { createFakeTerminal } from '../../support/fakeTerminal';
import { sampleDeployed, samplePackage } from '../extension/sampleLists';

const { name, version, localeId, osGroup, computerTypes } = samplePackage({ id: 'p2', name: 'Sample Reporting', version: '9.0.001.12' });
const identity = { name, version, localeId, osGroup, computerTypes };
const waiting = sampleDeployed({ id: 'r2', hostName: 'eu-gax-01', applicationName: 'GAX', plugIn: 'gaxSampleRpt', package: identity, filesToCopy: { from: '/opt/rpt', files: ['lib/a.jar'] } });

describe('gaxpkg files-copied', () => {
  async function run(args: readonly string[], deployed: DeployedPackage = waiting) {
    const marked: string[] = [];
    const terminal = createFakeTerminal({});
    const client = {
      request: (method: string, { id }: { readonly id: string }) => {
        if (method === 'deployedPackages/list') return Promise.resolve([sampleDeployed({ id: 'r1', hostName: 'eu-gax-01', applicationName: 'GAX' }), deployed]);
        marked.push(`${method} ${id}`);
        const { filesToCopy: _, ...done } = deployed;
        return Promise.resolve(done);
      },
    } as unknown as ServiceClient;
    const code = await filesCopied({ terminal, locale: 'en', text: textIn('en'), connect: () => Promise.resolve(client) } as unknown as CliContext, args);
    return { code, marked, out: terminal.outText, notes: terminal.noteText.trim() };
  }

  it('marks the files of a plug-in, named by its package, as copied', async () => {
    const { code, marked, notes } = await run(['Sample Reporting']);
    deepEqual([code, marked, notes], [0, ['deployedPackages/markFilesCopied r2'], 'Sample Reporting 9.0.001.12 on eu-gax-01: its files count as copied into GAX.']);
  });

  it('fails, and says why, where nothing was to be copied', async () => {
    const { filesToCopy: _, ...complete } = waiting;
    const { code, notes } = await run(['Sample Reporting@9.0.001.12', '--host', 'EU-GAX-01'], complete);
    deepEqual([code, notes], [1, 'Sample Reporting 9.0.001.12 on eu-gax-01 does not wait for files to be copied.']);
  });

  it('tells as JSON whether it waited', async () => {
    const { code, out } = await run(['r2', '--json']);
    equal(code, 0);
    deepEqual(JSON.parse(out), { id: 'r2', host: 'eu-gax-01', package: 'Sample Reporting 9.0.001.12', marked: true });
  });
});
