import type { PackagePlace } from '../../../core/packages/copy';
import type { ChangedArea } from '../../../protocol/service';
import type { ExecutedStatement } from './catalogue';
import type { TransactionChanges } from './transactionChanges';

export type CommitOutcome = { readonly stored: true } | { readonly stored: false; readonly error: unknown };

/** Transactions of one tick: stored together, or refused together. */
export interface CommitGroup {
  /** Never rejects. */
  readonly outcome: Promise<CommitOutcome>;
}

interface OpenGroup extends CommitGroup {
  readonly transactions: (readonly ExecutedStatement[])[];
  readonly areas: Set<ChangedArea>;
  places: PackagePlace[] | undefined;
  settle(outcome: CommitOutcome): void;
}

export interface CommitQueue {
  /** The last group whose outcome is not known yet; when it is stored, all before it are. */
  readonly latest: CommitGroup | undefined;
  /** Adds an executed transaction to the group of this tick. */
  add(transaction: readonly ExecutedStatement[], changes: TransactionChanges): CommitGroup;
  /** Resolves when no outcome is open. */
  drained(): Promise<void>;
}

/**
 * Group commit: what is executed while a write is under way shares the next one. When a group cannot be stored, it and
 * the one behind it, whose transactions saw its changes, are refused after `takeBack` has restored the catalogue.
 */
export function createCommitQueue(effects: {
  store(transactions: readonly (readonly ExecutedStatement[])[]): Promise<void>;
  /** Restores the state before the failed write; resolves with the error to refuse with. Never rejects; nothing is added meanwhile. */
  takeBack(error: unknown): Promise<unknown>;
  /** A group is stored. */
  stored(changes: TransactionChanges): void;
}): CommitQueue {
  let waiting: OpenGroup | undefined;
  let underWay: OpenGroup | undefined;
  let working: Promise<void> | undefined;

  const work = async () => {
    // Everything of the tick that woke this joins the group.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting) {
      const group = waiting;
      underWay = group;
      waiting = undefined;
      try {
        await effects.store(group.transactions);
      } catch (error) {
        const reason = await effects.takeBack(error);
        const refused = [group, ...openGroups(waiting)];
        waiting = undefined;
        underWay = undefined;
        for (const each of refused) each.settle({ stored: false, error: reason });
        continue;
      }
      underWay = undefined;
      group.settle({ stored: true });
      effects.stored(group);
    }
    working = undefined;
  };

  return {
    get latest() { return waiting ?? underWay; },
    add(transaction, { areas, places }) {
      waiting ??= createGroup();
      waiting.transactions.push(transaction);
      for (const area of areas) waiting.areas.add(area);
      if (places === undefined) waiting.places = undefined;
      else waiting.places?.push(...places);
      working ??= work();
      return waiting;
    },
    async drained() {
      while (working) await working;
    },
  };
}

/** `waiting` as it is after an await; the compiler takes it for what it was before. */
function openGroups(group: OpenGroup | undefined): OpenGroup[] {
  return group ? [group] : [];
}

function createGroup(): OpenGroup {
  let settle: OpenGroup['settle'] = () => undefined;
  const outcome = new Promise<CommitOutcome>((resolve) => { settle = resolve; });
  return { transactions: [], areas: new Set(), places: [], outcome, settle };
}
