import type { SilentIniKey, SilentIniValue } from '../../core/deployment/model';
import { ProductError } from '../../core/errors';
import type { Host } from '../../core/hosts/model';
import type { Questions } from '../questions';
import type { Redactor } from '../redactor';

/** The secret values of one run: in memory until it ends, and known to the redactor for as long. */
export interface SecretValues {
  /** The values of all secret keys; those that were not given are asked for, once for all hosts. @throws ProductError `deploy/secret-declined`, `general/cancelled` */
  forHost(host: Pick<Host, 'name' | 'user'>, questions: Questions, signal: AbortSignal): Promise<readonly SilentIniValue[]>;
  /** Takes values given anew, and asks again for those that a person declined to give. */
  renew(given: readonly SilentIniValue[]): void;
  forget(): void;
}

export function createSecretValues(keys: readonly SilentIniKey[], given: readonly SilentIniValue[], redactor: Redactor): SecretValues {
  const forgetters: (() => void)[] = [];
  const values = new Map<string, Promise<string | undefined>>();
  const nameOf = ({ section, key }: SilentIniKey): string => JSON.stringify([section, key]);
  const remember = (value: string): string => {
    if (value !== '') forgetters.push(redactor.add(value));
    return value;
  };
  const declined = new Set<string>();
  const take = (secrets: readonly SilentIniValue[]): void => {
    for (const value of secrets) values.set(nameOf(value), Promise.resolve(remember(value.value)));
  };
  take(given);

  return {
    async forHost(host, questions, signal) {
      const result: SilentIniValue[] = [];
      for (const { section, key } of keys) {
        const name = nameOf({ section, key });
        const answer = values.get(name) ?? questions
          .askSecret({ kind: 'silentIni', hostName: host.name, user: host.user, prompt: `${section}.${key}`, attempt: 1 }, signal)
          .then((value) => (value === undefined ? undefined : remember(value)));
        values.set(name, answer);
        const value = await answer;
        if (value === undefined) declined.add(name);
        if (value === undefined) throw new ProductError('deploy/secret-declined', { host: host.name, key: `[${section}] ${key}` });
        result.push({ section, key, value });
      }
      return result;
    },
    renew(secrets) {
      for (const name of declined) values.delete(name);
      declined.clear();
      take(secrets);
    },
    forget() {
      for (const forgetOne of forgetters.splice(0)) forgetOne();
      values.clear();
    },
  };
}
