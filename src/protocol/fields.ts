/** The fields that the methods of the service share, as schemas. */
import * as v from 'valibot';

export const text = v.pipe(v.string(), v.maxLength(4096), v.check((value) => !value.includes('\u0000'), 'holds a NUL character'));
export const name = v.pipe(text, v.trim(), v.minLength(1, 'is empty'), v.maxLength(255));
export const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is no id'));
export const groupName = v.pipe(text, v.trim(), v.maxLength(255));
export const lines = v.pipe(v.string(), v.maxLength(65_536));
export const nothing = v.optional(v.strictObject({}), {});
export const byId = v.strictObject({ id });
