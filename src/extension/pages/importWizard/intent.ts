import * as v from 'valibot';
import { importMethodIds } from '../../../core/packages/importSource';

const text = v.string();

/** What the import wizard can be opened with. */
export const importIntent = v.object({
  tenantId: v.optional(text),
  group: v.optional(text),
  method: v.optional(v.picklist(importMethodIds)),
  /** Files and folders to import from. */
  dropped: v.optional(v.array(v.object({ path: text, entries: v.optional(v.array(v.object({ name: text, isFolder: v.boolean() }))) }))),
});
export type ImportIntent = v.InferOutput<typeof importIntent>;
