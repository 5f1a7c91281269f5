import { openApdPage } from '../../src/extension/pages/apd/apdPage';
import type { ApdFiles, FileRead } from '../../src/extension/pages/apd/apdView';
import type { PageReply } from '../../src/protocol/page/page';
import type { OpenedPage, OpenPageOptions, PageBrowser } from '../support/page/openPage';

/** The page of an application template between two files that the test writes and an editor that notes what it is asked for. */
export interface ApdBench {
  readonly opened: OpenedPage;
  /** What the page asked of the editor, in order. */
  readonly calls: readonly string[];
  readonly replies: readonly PageReply[];
  /** Changes files on the disk. */
  change(next: Partial<Pick<ApdFiles, 'apd' | 'xml'>>): void;
  /** Closes the tab. */
  close(): Promise<void>;
}

export const missingFile: FileRead = { kind: 'missing' };

export async function openApdBench(browser: PageBrowser, apd: FileRead, xml: FileRead, options: Partial<OpenPageOptions> = {}): Promise<ApdBench> {
  let files: ApdFiles = { apdName: 'Dialer_91.apd', xmlName: 'Dialer_91.xml', apd, xml };
  let tell: (() => void) | undefined;
  let page: { dispose(): void } | undefined;
  const calls: string[] = [];
  const replies: PageReply[] = [];
  const note = (call: string) => {
    calls.push(call);
    return Promise.resolve();
  };
  const opened = await browser.open({
    kind: 'apd', ...options,
    serve: (channel) => {
      const noting = { ...channel, post: (message: PageReply) => {
        replies.push(message);
        channel.post(message);
      } };
      page = openApdPage(noting, {
        locale: options.locale ?? 'en', read: () => Promise.resolve(files), report: () => undefined,
        onChanged: (listener) => {
          tell = listener;
          return () => undefined;
        },
        openXml: (place) => note(`xml ${place === undefined ? '' : `${place.line}:${place.column}`}`),
        openAsText: () => note('text'), compareAsText: () => note('compare'), openBytes: (offset) => note(`bytes ${offset}`), copy: (text) => note(`copy ${text}`),
      });
    },
  });
  await opened.page.locator('main').waitFor();
  return {
    opened, calls, replies,
    change: (next) => {
      files = { ...files, ...next };
      tell?.();
    },
    close: async () => {
      page?.dispose();
      await opened.close();
    },
  };
}
