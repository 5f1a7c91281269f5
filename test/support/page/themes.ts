import values from './themeValues.json';

/** The editor's four kinds of themes: its *Dark Modern*, *Light Modern* and both high contrast ones, as a page of the editor sees them. */
export type ThemeName = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

export interface Theme {
  /** Classes of the page's body. */
  readonly kind: string;
  /** CSS variables of the page's root. */
  readonly variables: Readonly<Record<string, string>>;
}

export const themes: Readonly<Record<ThemeName, Theme>> = values;
export const themeNames: readonly ThemeName[] = ['dark', 'light', 'highContrast', 'highContrastLight'];
