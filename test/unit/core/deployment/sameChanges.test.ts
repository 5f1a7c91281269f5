import assert from 'node:assert/strict';
import { findSameChanges } from '../../../../src/core/deployment/sameChanges';

type Host = Parameters<typeof findSameChanges>[0][number];

describe('hosts with the same changes in a plan', () => {
  const on = (hostName: string, changes: Partial<Host> = {}): Host => ({
    hostId: `id-${hostName}`, hostName, applicationName: `MCP_${hostName}`, installPath: '/opt/mcp', files: 12,
    application: { change: 'merge', values: [{ part: 'field', section: '', key: 'commandLineArguments', name: 'commandLineArguments', result: `-app "MCP_${hostName}"`, why: 'entered' }] },
    silentIni: `[IPCommon]\nHost=${hostName}\n`, ...changes,
  });

  it('are found whatever the names of host and application object', () => {
    assert.deepEqual([...findSameChanges([on('eu-1'), on('eu-2'), on('eu-3')])], [['id-eu-2', 'eu-1'], ['id-eu-3', 'eu-1']]);
  });

  it('are none where a folder, a value or a line differs', () => {
    assert.equal(findSameChanges([on('eu-1'), on('eu-2', { installPath: '/srv/mcp' })]).size, 0);
    assert.equal(findSameChanges([on('eu-1'), on('eu-2', { silentIni: '[IPCommon]\nHost=eu-1\n' })]).size, 0);
    assert.equal(findSameChanges([on('eu-1'), on('eu-2', { application: { change: 'create', values: [] } })]).size, 0);
  });

  it('are looked for among those that are deployed to and could be asked', () => {
    assert.equal(findSameChanges([on('eu-1', { skip: 'application-exists' }), on('eu-2'), on('eu-3', { error: {} })]).size, 0);
  });

  it('are told by the first of each kind', () => {
    const other = (name: string) => on(name, { installPath: '/srv/mcp' });
    assert.deepEqual([...findSameChanges([on('a1'), other('b1'), on('a2'), other('b2')])], [['id-a2', 'a1'], ['id-b2', 'b1']]);
  });
});
