/** The fields that the methods of the service share, as schemas. */
import * as v from 'valibot';
import { importSettingBounds, type ImportSettings } from '../core/packages/importLimits';
import type { ImportSource } from '../core/packages/importSource';

export const text = v.pipe(v.string(), v.maxLength(4096), v.check((value) => !value.includes('\u0000'), 'holds a NUL character'));
export const name = v.pipe(text, v.trim(), v.minLength(1, 'is empty'), v.maxLength(255));
export const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is no id'));
export const groupName = v.pipe(text, v.trim(), v.maxLength(255));
export const lines = v.pipe(v.string(), v.maxLength(65_536));
export const nothing = v.optional(v.strictObject({}), {});

/** A file or folder: a path, a network path or a `file:` address. */
export const named = v.pipe(text, v.minLength(1, 'is empty'));
export const importSource: v.GenericSchema<ImportSource> = v.variant('method', [
  v.strictObject({ method: v.literal('archive'), path: named }),
  v.strictObject({ method: v.literal('parts'), path: named, xml: named, apd: named }),
  v.strictObject({ method: v.picklist(['directory', 'repository']), path: named }),
  v.strictObject({ method: v.literal('support-archives'), path: named }),
]);
/** Network shares and the folders in which the client knows them to be mounted. */
export const mountMap = v.pipe(v.record(v.pipe(text, v.maxLength(1024)), text), v.check((map) => Object.keys(map).length <= 1000, 'has too many entries'));
const bounded = ([least, most]: readonly [number, number]) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)));
/** What the settings of a client say of imports. */
export const importSettings: v.GenericSchema<ImportSettings> = v.strictObject({
  parallel: bounded(importSettingBounds.parallel), maximumUnpackedSize: bounded(importSettingBounds.maximumUnpackedSize), maximumEntries: bounded(importSettingBounds.maximumEntries),
});
export const byId = v.strictObject({ id });
