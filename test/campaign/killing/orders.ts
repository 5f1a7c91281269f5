import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Order, Outcome } from '../../support/packageChanger.entry';
import type { Expected, Held } from './expected';

/** Orders given to each client between two kills at most; a plan that did not strike by then is made good by a kill from outside. */
const ordersPerRound = 8;

/** A client process that gives orders, and what it knows of their outcome. */
export interface ChangingClient {
  readonly packages: readonly Expected[];
  /** The requests of its orders that were acknowledged. */
  readonly acknowledged: readonly string[];
  /** Gives orders until the service is lost, or enough were given. */
  work(random: (limit: number) => number, secondTenant: string): Promise<void>;
  end(): void;
}

export function startClient(program: string, options: object, packages: readonly Expected[]): ChangingClient {
  const child: ChildProcess = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('a client without pipes');
  const answers: Interface = createInterface({ input: stdout });
  const obey = (order: Order): Promise<Outcome> => new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('a client process ended'));
    child.once('exit', ended);
    answers.once('line', (line) => {
      child.off('exit', ended);
      resolve(JSON.parse(line) as Outcome);
    });
    stdin.write(`${JSON.stringify(order)}\n`);
  });
  let edits = 0;
  const acknowledged: string[] = [];
  return {
    packages,
    acknowledged,
    work: async (random, secondTenant) => {
      for (let number = 0; number < ordersPerRound; number++) {
        const one = packages[Math.floor(random(packages.length))];
        if (one === undefined) return;
        const [now] = one.states;
        const { order, next } = chooseOrder(one, now, random, { secondTenant, edit: `edit ${(edits += 1)}` });
        const { result, reason } = await obey(order);
        assert.notEqual(result, 'refused', `${JSON.stringify(order)}: ${reason ?? ''}`);
        one.states = result === 'done' ? [next] : [now, next];
        if (result === 'lost') return;
        acknowledged.push(requests[order.kind]);
      }
    },
    end: () => child.kill(),
  };
}

/** The request that each order is. */
const requests: Readonly<Record<Order['kind'], string>> = {
  import: 'imports/start', replace: 'imports/start', edit: 'packages/edit', copy: 'packages/copyToTenants', delete: 'packages/delete',
};

/** Something to do with a package as it is now, and what it is afterwards. */
function chooseOrder(
  { version, archives, description }: Expected, now: Held | undefined, random: (limit: number) => number, with_: { readonly secondTenant: string; readonly edit: string },
): { readonly order: Order; readonly next: Held | undefined } {
  if (now === undefined) return { order: { kind: 'import', path: archives[0].path }, next: { description, content: 0, copied: false } };
  const dice = Math.floor(random(10));
  if (dice < 4) return { order: { kind: 'edit', version, description: with_.edit }, next: { ...now, description: with_.edit } };
  if (dice < 6) return { order: { kind: 'copy', version, to: with_.secondTenant }, next: { ...now, copied: true } };
  if (dice < 8) {
    const content = now.content === 0 ? 1 : 0;
    return { order: { kind: 'replace', path: archives[content].path }, next: { ...now, content } };
  }
  return { order: { kind: 'delete', version }, next: undefined };
}
