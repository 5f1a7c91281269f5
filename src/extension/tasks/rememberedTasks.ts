import { createHash } from 'node:crypto';
import type { Memento } from 'vscode';
import type { DeploymentTaskDefinition } from './definition';

/** Remembers which tasks of which files a person has agreed to run without being asked again. */
export interface RememberedTasks {
  isRemembered(source: TaskSource, definition: DeploymentTaskDefinition): boolean;
  remember(source: TaskSource, definition: DeploymentTaskDefinition): Promise<void>;
}

/** The file a task stands in. A changed file is another source. */
export interface TaskSource {
  readonly file: string;
  readonly content: string;
}

const key = 'gaxPackages.rememberedTasks';
const limit = 200;

export function createRememberedTasks(memento: Pick<Memento, 'get' | 'update'>): RememberedTasks {
  const hashes = (): readonly string[] => memento.get<readonly string[]>(key) ?? [];
  return {
    isRemembered: (source, definition) => hashes().includes(hashOf(source, definition)),
    remember: async (source, definition) => {
      const hash = hashOf(source, definition);
      await memento.update(key, [...hashes().filter((other) => other !== hash), hash].slice(-limit));
    },
  };
}

/** Of the file's content and of the definition with its variables filled in: `${input:host}` may name another host each time. */
function hashOf({ file, content }: TaskSource, definition: DeploymentTaskDefinition): string {
  return createHash('sha256').update(JSON.stringify([file, content, definition])).digest('hex');
}
