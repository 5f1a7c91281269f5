import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Kinds of data in which the editor and desktops name the files of a drop, the editor's own first. */
const listTypes = ['application/vnd.code.uri-list', 'text/uri-list'];

/** Whether what is dragged over the page are files, as far as that can be seen before they are dropped. */
function holdsFiles(data: DataTransfer): boolean {
  return [...listTypes, 'Files', 'resourceurls'].some((type) => data.types.includes(type));
}

/** The addresses of dropped files. Files from the desktop often have none: a page is not told where they lie. */
function addressesOf(data: DataTransfer): readonly string[] {
  for (const type of listTypes) {
    const lines = data.getData(type).split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
    if (lines.length > 0) return lines;
  }
  return parseList(data.getData('resourceurls'));
}

/** Older versions of the editor write a JSON list. */
function parseList(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

const events = ['dragover', 'dragleave', 'drop'] as const;

/** Follows files that are dragged over the page. */
export class FileDrop implements ReactiveController {
  private dragging = false;

  /** @param take gets the addresses of files that were dropped: none when they have no path */
  constructor(private readonly host: ReactiveControllerHost, private readonly take: (uris: readonly string[]) => void) {
    host.addController(this);
  }

  get isDragging(): boolean {
    return this.dragging;
  }

  hostConnected(): void {
    for (const name of events) document.addEventListener(name, this.onDrag);
  }

  hostDisconnected(): void {
    for (const name of events) document.removeEventListener(name, this.onDrag);
  }

  private readonly onDrag = (event: DragEvent): void => {
    const data = event.dataTransfer;
    if (data === null || !holdsFiles(data)) return;
    event.preventDefault();
    this.dragging = event.type === 'dragover';
    this.host.requestUpdate();
    if (event.type === 'drop') this.take(addressesOf(data));
  };
}
