/** Kinds of data in which the editor and desktops name the files of a drop, the editor's own first. */
const listTypes = ['application/vnd.code.uri-list', 'text/uri-list'];

/** Whether what is dragged over the page are files, as far as that can be seen before they are dropped. */
export function holdsFiles(data: DataTransfer): boolean {
  return [...listTypes, 'Files', 'resourceurls'].some((type) => data.types.includes(type));
}

/** The addresses of dropped files. Files from the desktop often have none: a page is not told where they lie. */
export function addressesOf(data: DataTransfer): readonly string[] {
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
