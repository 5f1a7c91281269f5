import type { DeployDraft } from '../../src/core/deployment/draft';
import type { DeployWizardContract, GaxCheck } from '../../src/protocol/page/deployWizard';
import { RefusedRequest, type PageConnection } from '../messaging';

/** What is known of a GAX directory on a host: that the host is being asked, or its answer. */
export type KnownGax = { readonly directory: string; readonly asking: true } | (GaxCheck & { readonly asking?: undefined });

/** Asks hosts about the GAX directories of a plug-in and keeps what they told, for the directories that they were asked about. */
export class GaxChecks {
  private readonly known = new Map<string, KnownGax>();
  /** Counts what was told. */
  changes = 0;

  constructor(private readonly connection: Pick<PageConnection<DeployWizardContract>, 'request'>, private readonly onChange: () => void) {}

  /** Undefined while the host was not asked about this directory. */
  of(hostId: string, directory: string): KnownGax | undefined {
    const known = this.known.get(hostId);
    return known?.directory === directory ? known : undefined;
  }

  /** Asks the host, unless it was asked about the same directory; `again`: also then. */
  async ask(draft: DeployDraft, hostId: string, directory: string, again = false): Promise<void> {
    if (directory === '' || (!again && this.of(hostId, directory) !== undefined)) return;
    this.keep(hostId, { directory, asking: true });
    let answer: GaxCheck;
    try {
      answer = { ...await this.connection.request('gax/check', { draft, hostId }), directory };
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      answer = { directory, error: { code: error.code, message: error.message } };
    }
    // Another directory may have been entered meanwhile.
    if (this.of(hostId, directory) !== undefined) this.keep(hostId, answer);
  }

  private keep(hostId: string, known: KnownGax): void {
    this.known.set(hostId, known);
    this.changes += 1;
    this.onChange();
  }
}
