import { createHash } from 'node:crypto';
import * as v from 'valibot';

/** A place in the sequence of changes: after `change` changes, `size` bytes into the log file of that number. */
export interface LogPosition {
  /** Number of the log file; 0 before the first. */
  readonly file: number;
  /** Bytes of that file. */
  readonly size: number;
  /** Digest of the last record before this place, hexadecimal. */
  readonly digest: string;
  /** How many changes the repository has seen since it was made. */
  readonly change: number;
}

/** The place before the first change. */
export const logStart: LogPosition = { file: 0, size: 0, digest: '', change: 0 };

export const logPosition = v.object({ file: v.number(), size: v.number(), digest: v.string(), change: v.number() });

/** The newest layout of images and logs that this version reads. */
export const fileFormat = 1;

/** What an image says of itself. */
export interface ImageLabel {
  readonly format: number;
  /** Number of the last migration that made its tables. */
  readonly schema: number;
  /** The changes it holds. */
  readonly after: LogPosition;
  /** ISO 8601, UTC. */
  readonly at: string;
}

const imageLabel = v.object({ format: v.number(), schema: v.number(), after: logPosition, at: v.string(), sha256: v.string() });

/** Length of the label (4 bytes) and SHA-256 of the label, at the end of the file. */
const trailerSize = 36;

/**
 * An image is an SQLite file with a label behind it: the database, JSON with the database's SHA-256, the SHA-256 of the
 * JSON (32 bytes), its length (4 bytes, big-endian). SQLite ignores what follows its last page.
 * @returns the bytes in the order they are to be written
 */
export function encodeImage(database: Uint8Array, label: ImageLabel): Uint8Array[] {
  const json = Buffer.from(JSON.stringify({ ...label, sha256: sha256(database).toString('hex') }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return [database, json, sha256(json), length];
}

export interface DecodedImage {
  /** Undefined when not even the label can be read. */
  readonly label?: ImageLabel;
  /** Undefined when the image is damaged. */
  readonly database?: Uint8Array;
}

/** Takes an image apart and checks it. Never throws. */
export function decodeImage(bytes: Buffer): DecodedImage {
  if (bytes.length < trailerSize) return {};
  const end = bytes.length - trailerSize;
  const start = end - bytes.readUInt32BE(bytes.length - 4);
  if (start < 0) return {};
  const json = bytes.subarray(start, end);
  if (!sha256(json).equals(bytes.subarray(end, end + 32))) return {};
  const parsed = v.safeParse(imageLabel, JSON.parse(json.toString()));
  if (!parsed.success) return {};
  const { sha256: expected, ...label } = parsed.output;
  const database = bytes.subarray(0, start);
  return sha256(database).toString('hex') === expected ? { label, database } : { label };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
