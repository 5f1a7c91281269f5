import * as v from 'valibot';

/**
 * An exported repository is one tar of regular files, none longer than {@link longestEntry}, in this order:
 *
 *     gaxpkg-repository.json   what it is (the manifest)
 *     rows/00000001.jsonl …    the catalogue, one row a line: [table, {column: value}]
 *     volumes/HASH.volume …    stored archives; the name is the SHA-256 of the bytes
 *     journals/ID/00000001 …   logs of deployments, in pieces
 *     end.json                 the SHA-256 over names and bytes of all of the above
 *
 * Rows instead of the database itself: whoever restores a file of strangers must not open their SQLite.
 */
export const exportFormat = 1;
export const manifestName = 'gaxpkg-repository.json';
export const endName = 'end.json';

export const longestEntry = 32 * 1024 * 1024;

export const manifestSchema = v.strictObject({
  product: v.literal('gaxpkg'),
  format: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Of the tables that the rows are of. */
  schema: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** ISO 8601, UTC. */
  at: v.pipe(v.string(), v.isoTimestamp()),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;

export const endSchema = v.strictObject({ sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });

/** One value of a row. */
export const cellSchema = v.union([v.null(), v.pipe(v.number(), v.finite()), v.string()]);
export const rowSchema = v.strictTuple([v.pipe(v.string(), v.regex(/^[a-z_]{1,64}$/)), v.record(v.pipe(v.string(), v.regex(/^[a-z_0-9]{1,64}$/)), cellSchema)]);
export type ExportedRow = v.InferOutput<typeof rowSchema>;
