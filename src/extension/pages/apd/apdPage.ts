import { ProductError } from '../../../core/errors';
import type { Locale } from '../../../core/text/messages';
import { apdContract } from '../../../protocol/page/apd';
import { servePage, type PageChannel } from '../servePage';
import { readApdFiles, type ApdFiles, type ApdReading, type TextPlace } from './apdView';

/** What the page of an application template needs of the editor. */
export interface ApdPorts {
  readonly locale: Locale;
  /** Reads the APD and the XML of the same name. Never rejects. */
  read(): Promise<ApdFiles>;
  /** Tells when one of the two may have changed. */
  onChanged(listener: () => void): () => void;
  /** @param place where to go; without it the file is only opened */
  openXml(place?: TextPlace): Promise<void>;
  openAsText(): Promise<void>;
  compareAsText(): Promise<void>;
  openBytes(offset: number): Promise<void>;
  copy(text: string): Promise<void>;
  report(method: string, error: unknown): void;
}

/** Answers the page of one APD, and keeps it equal to the files. */
export function openApdPage(channel: PageChannel, ports: ApdPorts): { dispose(): void } {
  let revision = 0;
  let shown = '';
  let reading: ApdReading | undefined;
  let disposed = false;
  // One after the other: an older reading never comes after a newer one.
  let last: Promise<ApdReading | undefined> = Promise.resolve(undefined);
  const readAnew = (): Promise<ApdReading> => {
    const next = last.then(async () => {
      const files = await ports.read();
      const fresh = readApdFiles(files, ports.locale, revision + 1);
      const text = JSON.stringify({ ...fresh.view, revision: 0 });
      if (reading !== undefined && text === shown) {
        // The page need not hear of it, but a description may be another one.
        reading = { ...fresh, view: reading.view };
        return reading;
      }
      revision += 1;
      shown = text;
      reading = fresh;
      return fresh;
    });
    last = next.catch(() => undefined);
    return next;
  };
  const present = async (): Promise<ApdReading> => reading ?? (await readAnew());

  const stopListening = ports.onChanged(() => {
    const before = revision;
    readAnew().then(({ view }) => {
      if (!disposed && revision !== before) channel.post({ type: 'event', name: 'view', value: view });
    }, (error: unknown) => ports.report('view', error));
  });
  const stopServing = servePage(apdContract, channel, {
    'page/open': async () => ({ view: (await readAnew()).view }),
    'option/describe': async ({ section, option }) => (await present()).describe(section, option) ?? null,
    'option/showInXml': async ({ section, option }) => {
      await ports.openXml((await present()).placeInXml(section, option));
      return null;
    },
    'option/copyValue': async (asked) => {
      const { view } = await present();
      const row = view.kind === 'template' && view.revision === asked.revision ? view.rows[asked.row] : undefined;
      const value = row?.apd ?? row?.xml;
      if (value === undefined) throw new ProductError('general/bad-request', { method: 'option/copyValue', reason: 'no such value' });
      await ports.copy(value);
      return null;
    },
    'xml/open': async () => {
      await ports.openXml();
      return null;
    },
    'text/open': async () => {
      await ports.openAsText();
      return null;
    },
    'text/compare': async () => {
      await ports.compareAsText();
      return null;
    },
    'bytes/open': async ({ offset }) => {
      await ports.openBytes(offset);
      return null;
    },
  }, { locale: ports.locale, report: (method, error) => ports.report(method, error) });

  return {
    dispose: () => {
      disposed = true;
      stopServing();
      stopListening();
    },
  };
}
