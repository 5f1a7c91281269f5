import type { Host, HostContact, HostSettings, HostSystem } from '../../src/core/hosts/model';
import type { CommandQuestion, HostKeyAnswer, HostKeyQuestion, SecretQuestion } from '../../src/protocol/service';
import { createHostConnector, type HostConnectorOptions } from '../../src/service/deploying/ssh/createHostConnector';
import type { HostConnector } from '../../src/service/deploying/ssh/hostConnector';
import type { Questions } from '../../src/service/questions';
import { createRedactor, type Redactor } from '../../src/service/redactor';
import type { HostKeyRecord } from '../../src/service/repository/repository';

/** A host of the repository for a test server. */
export function hostFor(server: { readonly address: string; readonly port: number; readonly user?: string; readonly clientKey?: string }, settings: Partial<HostSettings> = {}): Host {
  return {
    id: 'h1', tenantId: 'environment', name: 'test-host', address: server.address, port: server.port, user: server.user ?? 'tester',
    authentication: server.clientKey === undefined ? { kind: 'password' } : { kind: 'key', keyFile: server.clientKey },
    stagingFolder: '', lockFolder: '', protectedBy: [], ...settings, tags: settings.tags ?? [],
  };
}

export interface TestQuestions extends Questions {
  readonly hostKeys: readonly HostKeyQuestion[];
  readonly secrets: readonly SecretQuestion[];
  readonly commands: readonly CommandQuestion[];
}

export interface Answers {
  /** Absent: a question about a host key fails the test. */
  readonly hostKey?: HostKeyAnswer | (() => Promise<HostKeyAnswer>);
  /** In turn; one more question than answers fails the test. Undefined: declined. */
  readonly secrets?: readonly (string | undefined | (() => Promise<string | undefined>))[];
  readonly agentSocket?: string;
  readonly ssh?: Questions['ssh'];
  /** Absent: a question about a command fails the test. */
  readonly command?: 'run' | 'skip';
}

/** Answers as told, and remembers what was asked. */
export function createTestQuestions(answers: Answers = {}): TestQuestions {
  const hostKeys: HostKeyQuestion[] = [];
  const secrets: SecretQuestion[] = [];
  const commands: CommandQuestion[] = [];
  return {
    hostKeys,
    secrets,
    agentSocket: answers.agentSocket,
    ssh: answers.ssh,
    commands,
    confirmCommand(question) {
      commands.push(question);
      return answers.command === undefined ? Promise.reject(new Error(`nobody expected the question ${JSON.stringify(question)}`)) : Promise.resolve(answers.command);
    },
    async confirmHostKey(question) {
      hostKeys.push(question);
      if (answers.hostKey === undefined) throw new Error(`nobody expected a question about ${question.key.fingerprint}`);
      return typeof answers.hostKey === 'function' ? await answers.hostKey() : answers.hostKey;
    },
    async askSecret(question) {
      const answer = answers.secrets?.[secrets.length];
      if (secrets.length >= (answers.secrets?.length ?? 0)) throw new Error(`nobody expected the question ${JSON.stringify(question)}`);
      secrets.push(question);
      return typeof answer === 'function' ? await answer() : answer;
    },
  };
}

export interface TestConnector extends HostConnector {
  /** What the repository would hold. */
  readonly storedKeys: readonly HostKeyRecord[];
  readonly contacts: readonly { readonly hostId: string; readonly contact: HostContact; readonly system: HostSystem | undefined }[];
  readonly logged: readonly string[];
  readonly redactor: Redactor;
}

/** A connector over a repository in memory. Reads no known_hosts but those in `homeFolder`. */
export function createTestConnector(homeFolder: string, options: Partial<HostConnectorOptions> & { storedKeys?: readonly HostKeyRecord[] } = {}): TestConnector {
  const storedKeys = [...(options.storedKeys ?? [])];
  const contacts: { hostId: string; contact: HostContact; system: HostSystem | undefined }[] = [];
  const logged: string[] = [];
  const redactor = createRedactor();
  const write = (area: string, message: string): void => {
    logged.push(`${area} ${message}`);
  };
  const connector = createHostConnector({
    repository: {
      listHostKeys: (address, port) => Promise.resolve(storedKeys.filter((key) => key.address === address && key.port === port)),
      addHostKey: (key) => Promise.resolve(void storedKeys.push(key)),
      recordHostContact: (hostId, contact, system) => {
        contacts.push({ hostId, contact, system });
        return Promise.resolve({ ...hostFor({ address: '', port: 22 }), id: hostId, contact, ...(system && { system }) });
      },
    },
    homeFolder, redactor, connectTimeout: 10_000, systemSshFolder: homeFolder,
    log: { info: write, warn: write, error: write },
    knownHostsFiles: { user: [`${homeFolder}/.ssh/known_hosts`, `${homeFolder}/.ssh/known_hosts2`], global: [`${homeFolder}/ssh_known_hosts`] },
    ...options,
  });
  return { ...connector, storedKeys, contacts, logged, redactor };
}
