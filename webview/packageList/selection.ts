/** The rows that are selected, and the one that a range begins at. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  readonly anchor: string | undefined;
}

export const nothingSelected: Selection = { keys: new Set(), anchor: undefined };

export function selectOne(key: string): Selection {
  return { keys: new Set([key]), anchor: key };
}

/** Takes a row in or out, as Ctrl and a click do. */
export function toggleOne({ keys }: Selection, key: string): Selection {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return { keys: next, anchor: key };
}

/** All rows from the anchor to this one, as Shift and a click do. @param order keys of the rows in the order in which they are shown */
export function selectRange({ anchor }: Selection, key: string, order: readonly string[]): Selection {
  const from = anchor === undefined ? -1 : order.indexOf(anchor);
  const to = order.indexOf(key);
  if (from < 0 || to < 0) return selectOne(key);
  return { keys: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)), anchor };
}

/** What of the selection is still there. */
export function keepSelected(selection: Selection, isThere: (key: string) => boolean): Selection {
  const keys = [...selection.keys].filter(isThere);
  if (keys.length === selection.keys.size) return selection;
  return { keys: new Set(keys), anchor: selection.anchor !== undefined && isThere(selection.anchor) ? selection.anchor : keys[0] };
}
