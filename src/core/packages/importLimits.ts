/** What one import may take, where the settings say otherwise than the product. */
export interface ImportLimits {
  /** Bytes of all files together, unpacked. */
  readonly maximumUnpackedSize?: number | undefined;
  readonly maximumEntries?: number | undefined;
}

/** What holds for the imports of a person: from the settings of the editor, or the command line. */
export interface ImportSettings extends ImportLimits {
  /** Imports at a time; holds for all of the service from now on. */
  readonly parallel?: number | undefined;
}

/** Bounds of the settings: below, nothing could be imported; above, nothing would be checked. */
export const importSettingBounds = { parallel: [1, 16], maximumUnpackedSize: [1e6, 1e13], maximumEntries: [1, 10_000_000] } as const;
