/** Which sections of a page are open: those that a person opened or closed as they left them, else as the page begins. */
export type SectionStates = Readonly<Record<string, boolean>>;

/** What a page of details remembers with its tab. */
export interface RememberedDetails {
  readonly sections: SectionStates;
  readonly scroll: number;
}

/** Reads what an earlier load remembered; any version may have written it. */
export function readRemembered(value: unknown): RememberedDetails {
  const { sections, scroll } = (typeof value === 'object' && value !== null ? value : {}) as { sections?: unknown; scroll?: unknown };
  const entries = typeof sections === 'object' && sections !== null ? Object.entries(sections) : [];
  return {
    sections: Object.fromEntries(entries.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean')),
    scroll: typeof scroll === 'number' ? scroll : 0,
  };
}
