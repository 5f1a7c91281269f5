import { equal, ok } from 'node:assert/strict';
import { createRememberedTasks } from '../../../../src/extension/tasks/rememberedTasks';
import { createMemento } from '../memento';

const definition = { type: 'gaxPackages', profile: 'install', package: 'LCA', hosts: ['eu-mcp-01'] } as const;
const source = { file: 'ws/.vscode/tasks.json', content: '{ "tasks": [] }' };

describe('tasks that a person agreed to run without being asked again', () => {
  it('are remembered until their file or what they say changes', async () => {
    const remembered = createRememberedTasks(createMemento());
    equal(remembered.isRemembered(source, definition), false);
    await remembered.remember(source, definition);
    ok(remembered.isRemembered(source, definition));
    equal(remembered.isRemembered({ ...source, content: '{ "tasks": [ ] }' }, definition), false);
    equal(remembered.isRemembered({ ...source, file: 'other/.vscode/tasks.json' }, definition), false);
    equal(remembered.isRemembered(source, { ...definition, hosts: ['eu-mcp-02'] }), false);
  });

  it('are kept as hashes, of the last 200 only', async () => {
    const memento = createMemento();
    const remembered = createRememberedTasks(memento);
    for (let i = 0; i < 201; i++) await remembered.remember({ ...source, content: String(i) }, definition);
    equal(remembered.isRemembered({ ...source, content: '0' }, definition), false);
    ok(remembered.isRemembered({ ...source, content: '1' }, definition));
    equal(JSON.stringify([...memento.values]).includes('eu-mcp-01'), false);
  });
});
