import assert from 'node:assert/strict';
import { describeError, type ErrorData } from '../../../../src/core/errors';
import type { Refused } from '../../archive/support/expectRefusal';

/** Compares why an import failed, and that people can read what to do in both languages. */
export function expectImportError(error: ErrorData | undefined, { title, name, expected }: { readonly title: string; readonly name: string; readonly expected: Refused }): true {
  assert.ok(error, title);
  const found = {
    code: error.code,
    ...(expected.entry !== undefined && { entry: error.args['entry'] }),
    ...(expected.offset !== undefined && { offset: error.args['offset'] }),
  };
  assert.deepEqual(found, expected, title);
  const sentences = (['en', 'fr'] as const).map((locale) => describeError(locale, error));
  for (const sentence of sentences) {
    assert.ok(sentence.includes(name), sentence);
    assert.doesNotMatch(sentence, /[\u0000-\u001f\u202e{}]/, 'every placeholder has its value, and nothing unprintable is shown');
    assert.ok(sentence.split(/[.;:] /).length > 1, `says what to do: ${sentence}`);
  }
  assert.notEqual(sentences[0], sentences[1]);
  return true;
}
