import type { PackageDetailsContract } from '../../src/protocol/page/packageDetails';
import type { PageReply } from '../../src/protocol/page/page';
import type { PackageListContract } from '../../src/protocol/page/packageList';
import type { Announcer } from '../components/announcer';
import type { OuterPage } from '../components/page';
import type { RememberedDetails } from '../components/sectionStates';
import { connectPage, type PageConnection } from '../messaging';

/** The details that are open beside the list. */
export interface OpenDetails {
  readonly key: string;
  /** Counts up: what is said to an earlier pane is not heard by this one. */
  readonly pane: number;
  readonly outer: OuterPage<PackageDetailsContract>;
}

export interface DetailsPane {
  /** Begins the details of a row. */
  open(key: string): OpenDetails;
  close(): void;
}

export interface DetailsPaneOptions {
  readonly connection: PageConnection<PackageListContract>;
  readonly announcer: Announcer;
  readonly remembered: () => RememberedDetails;
  readonly remember: (details: RememberedDetails) => void;
  readonly onProblem: (error: unknown) => void;
}

/** The way from details inside of the list to their own host, through the list's: they are the same page as in a tab of their own. */
export function createDetailsPane({ connection, announcer, remembered, remember, onProblem }: DetailsPaneOptions): DetailsPane {
  let pane = 0;
  let hear: ((reply: PageReply) => void) | undefined;
  connection.onEvent('details', (event) => {
    if (event.pane === pane) hear?.(event.reply);
  });
  return {
    open: (key) => {
      pane += 1;
      const mine = pane;
      hear = undefined;
      // Asked for before anything is said to it: requests arrive in their order.
      connection.request('details/open', { pane: mine, key }).catch(onProblem);
      return {
        key, pane: mine,
        outer: {
          connection: connectPage<PackageDetailsContract>({
            post: (message) => {
              if (mine === pane) connection.request('details/say', { pane: mine, message }).catch(onProblem);
            },
            listen: (listener) => {
              hear = listener;
            },
          }),
          announcer,
          get remembered() {
            return remembered();
          },
          remember: (view) => remember(view as RememberedDetails),
        },
      };
    },
    close: () => {
      pane += 1;
      hear = undefined;
      connection.request('details/close', {}).catch(onProblem);
    },
  };
}
