import { accessErrors } from './errors/accessErrors';
import { archiveErrors } from './errors/archiveErrors';
import { deployErrors } from './errors/deployErrors';
import { editorErrors } from './errors/editorErrors';
import { fileErrors } from './errors/fileErrors';
import { formatErrors } from './errors/formatErrors';
import { generalErrors } from './errors/generalErrors';
import { hostErrors } from './errors/hostErrors';
import { sshErrors } from './errors/sshErrors';
import { importErrors } from './errors/importErrors';
import { plugInErrors } from './errors/plugInErrors';
import { repositoryErrors } from './errors/repositoryErrors';
import { serviceErrors } from './errors/serviceErrors';
import { describeProblem } from './formats/describeProblem';
import { formatMessage, type Locale, type MessageArguments } from './text/messages';

const catalogue = {
  en: { ...generalErrors.en, ...accessErrors.en, ...archiveErrors.en, ...importErrors.en, ...repositoryErrors.en, ...serviceErrors.en, ...hostErrors.en, ...sshErrors.en, ...deployErrors.en, ...formatErrors.en, ...editorErrors.en, ...fileErrors.en, ...plugInErrors.en },
  fr: { ...generalErrors.fr, ...accessErrors.fr, ...archiveErrors.fr, ...importErrors.fr, ...repositoryErrors.fr, ...serviceErrors.fr, ...hostErrors.fr, ...sshErrors.fr, ...deployErrors.fr, ...formatErrors.fr, ...editorErrors.fr, ...fileErrors.fr, ...plugInErrors.fr },
};

/** A stable code `<area>/<code>`; its sentence (what, where, why, what to do next) stands in `core/errors/<area>Errors.ts`. */
export type ErrorCode = keyof (typeof catalogue)['en'];

/** An error as plain data: what crosses a process border and what is kept in the repository. Holds no secret. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly args: MessageArguments;
  /** True when a person stopped the work: an outcome, not a fault. */
  readonly cancelled?: boolean;
  /** The technical chain below this error, outermost first; for logs, in English. */
  readonly causes?: readonly string[];
}

/** The one error family. Its sentence is made at the edge by {@link describeError}, in the reader's language. */
export class ProductError extends Error {
  readonly code: ErrorCode;
  readonly args: MessageArguments;
  readonly cancelled: boolean;
  /** The chain of an error that came from another process. */
  readonly remoteCauses: readonly string[];

  constructor(code: ErrorCode, args: MessageArguments = {}, options: { cause?: unknown; causes?: readonly string[] } = {}) {
    super(`${code}: ${formatMessage('en', catalogue.en[code], args)}`, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'ProductError';
    this.code = code;
    this.args = args;
    this.cancelled = code === 'general/cancelled';
    this.remoteCauses = options.causes ?? [];
  }
}

/** True for an error of the family, with that code when one is given. */
export function isProductError(error: unknown, code?: ErrorCode): error is ProductError {
  return error instanceof ProductError && (code === undefined || error.code === code);
}

/** True when a person stopped the work. */
export function isCancelled(error: unknown): boolean {
  return isProductError(error) ? error.cancelled : error instanceof Error && error.name === 'AbortError';
}

/** Makes plain data of anything thrown. What is not of the family becomes `general/unexpected` with its message. */
export function toErrorData(error: unknown): ErrorData {
  if (isProductError(error)) {
    const causes = [...error.remoteCauses, ...causeChain(error.cause)];
    return { code: error.code, args: error.args, ...(error.cancelled && { cancelled: true }), ...(causes.length > 0 && { causes }) };
  }
  if (isCancelled(error)) return { code: 'general/cancelled', args: {}, cancelled: true };
  const [first = String(error), ...causes] = causeChain(error);
  return { code: 'general/unexpected', args: { message: first }, ...(causes.length > 0 && { causes }) };
}

/** The inverse of {@link toErrorData}. An unknown code (from another version) keeps its code in the sentence. */
export function fromErrorData(data: ErrorData): ProductError {
  const code: string = data.code;
  if (!isErrorCode(code)) return new ProductError('general/unexpected', { message: code }, { causes: data.causes ?? [] });
  return new ProductError(code, data.args, { causes: data.causes ?? [] });
}

/** The sentence of an error: what failed, for what and where, why, and what to do next. */
export function describeError(locale: Locale, error: unknown): string {
  const data = isErrorData(error) ? error : toErrorData(error);
  const sentences: Readonly<Record<string, string | undefined>> = catalogue[locale];
  const template = sentences[data.code];
  return template === undefined ? data.code : formatMessage(locale, template, withReason(locale, data.args));
}

/**
 * An error may carry the problem of a file, by `problem` and its arguments, or several, by `problems` in JSON: then they are
 * the reason, in the reader's language.
 */
function withReason(locale: Locale, args: MessageArguments): MessageArguments {
  const { problem, problems } = args;
  if (typeof problems === 'string') return { ...args, reason: describeProblems(locale, problems) };
  return typeof problem === 'string' ? { ...args, reason: describeProblem(locale, { code: problem, args }).replace(/\.$/, '') } : args;
}

function describeProblems(locale: Locale, json: string): string {
  const problems = JSON.parse(json) as readonly { readonly code: string; readonly args: MessageArguments }[];
  return problems.map((problem) => describeProblem(locale, problem)).join(' ');
}

/** True for plain data made by {@link toErrorData}, also after a trip through JSON. */
export function isErrorData(value: unknown): value is ErrorData {
  return typeof value === 'object' && value !== null && !(value instanceof Error)
    && 'code' in value && typeof value.code === 'string' && 'args' in value && typeof value.args === 'object' && value.args !== null;
}

/** All sentences of all errors, for the tests of the catalogue. */
export const allErrorMessages: { readonly en: Readonly<Record<string, string>>; readonly fr: Readonly<Record<string, string>> } = catalogue;

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue.en, code);
}

function causeChain(cause: unknown): string[] {
  const chain: string[] = [];
  for (let current = cause; current !== undefined && current !== null && chain.length < 8; current = (current as { cause?: unknown }).cause) {
    chain.push(current instanceof Error ? current.message || current.name : JSON.stringify(current));
  }
  return chain;
}
