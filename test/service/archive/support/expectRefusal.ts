import assert from 'node:assert/strict';
import { describeError, isProductError, type ProductError } from '../../../../src/core/errors';
import { defaultArchiveLimits, type ArchiveLimits, type ArchiveVisitor } from '../../../../src/service/archive/archive';
import { readArchive } from '../../../../src/service/archive/readArchive';
import { memorySource } from './memorySource';

export interface Refused {
  readonly code: string;
  readonly entry?: string;
  readonly offset?: number;
}

/** One hostile or damaged archive and how it must be refused. */
export interface HostileCase {
  readonly title: string;
  readonly bytes: () => Buffer;
  readonly expected: Refused | (() => Refused);
  readonly limits?: Partial<ArchiveLimits>;
  readonly visitor?: ArchiveVisitor;
}

/** Reads an archive that must be refused, and compares the refusal. */
export async function expectRefusal({ bytes, expected: wanted, limits, visitor }: HostileCase): Promise<void> {
  const expected = typeof wanted === 'function' ? wanted() : wanted;
  const error = await refusalOf(bytes(), { ...defaultArchiveLimits, ...limits }, visitor);
  const found = {
    code: error.code,
    ...(expected.entry !== undefined && { entry: error.args['entry'] }),
    ...(expected.offset !== undefined && { offset: error.args['offset'] }),
  };
  assert.deepEqual(found, expected);
  assert.equal(error.args['archive'], 'a.archive');
  for (const locale of ['en', 'fr'] as const) {
    const sentence = describeError(locale, error);
    assert.match(sentence, /^a\.archive/);
    assert.doesNotMatch(sentence, /[\u0000-\u001f{}]/, 'every placeholder has its value, and nothing unprintable is shown');
  }
}

/** The error an archive is refused with. */
export async function refusalOf(bytes: Buffer, limits = defaultArchiveLimits, visitor: ArchiveVisitor = {}): Promise<ProductError> {
  try {
    await readArchive(memorySource(bytes), limits, visitor);
  } catch (error) {
    if (isProductError(error)) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'the archive was accepted' });
}
