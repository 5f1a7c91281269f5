import type { ListRow } from '../../src/protocol/page/packageList';

/** What the editor is told of the rows that its menu is opened on; `webview/context` of the manifest reads it. */
interface MenuContext {
  readonly webviewSection: 'package' | 'packages' | 'import.running' | 'import.failed' | 'import.stopped' | 'import.present' | 'none';
  readonly gaxPackagesRows: readonly string[];
  readonly preventDefaultContextMenuItems: true;
}

/** Says on an element what the editor's own context menu is about; the editor reads it when the event has gone up. */
export function rowMenu(element: HTMLElement, keys: readonly string[], find: (key: string) => ListRow | undefined): void {
  const context: MenuContext = { webviewSection: sectionOf(keys.flatMap((key) => find(key) ?? [])), gaxPackagesRows: keys, preventDefaultContextMenuItems: true };
  element.dataset['vscodeContext'] = JSON.stringify(context);
}

function sectionOf(rows: readonly ListRow[]): MenuContext['webviewSection'] {
  const [first] = rows;
  if (first === undefined) return 'none';
  if (rows.length > 1) return rows.every(({ kind }) => kind !== 'import') ? 'packages' : 'none';
  if (first.kind !== 'import') return 'package';
  switch (first.status.state) {
    case 'failed':
      return first.status.replaceable === true ? 'import.present' : 'import.failed';
    case 'stopped':
      return 'import.stopped';
    case 'running':
    case 'queued':
    case 'done':
      return 'import.running';
  }
}
