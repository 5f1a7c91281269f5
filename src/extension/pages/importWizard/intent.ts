import * as v from 'valibot';

/** What the import wizard can be opened with. */
export const importIntent = v.object({
  tenantId: v.optional(v.string()),
  group: v.optional(v.string()),
  /** Archives to import. */
  paths: v.optional(v.array(v.string())),
});
export type ImportIntent = v.InferOutput<typeof importIntent>;
