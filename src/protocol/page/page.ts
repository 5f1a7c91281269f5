/**
 * What a page in a webview and its host, the extension, say to each other: requests of the page, answers and events of
 * the host. Everything from the page is checked on arrival: a page shows text of strangers, so it counts as hostile.
 */
import * as v from 'valibot';
import type { Method, MethodParams, MethodResult } from '../method';

/** The requests of one kind of page, and the events that it is told. */
export interface PageContract<M extends PageMethods, E> {
  readonly methods: M;
  /** Carries the type only; never set. */
  readonly events?: E;
}

export type PageMethods = Readonly<Record<string, Method<unknown, unknown>>>;
export type MethodsOf<C> = C extends PageContract<infer M, unknown> ? M : never;
export type EventsOf<C> = C extends PageContract<PageMethods, infer E> ? E : never;
export type RequestName<C> = keyof MethodsOf<C> & string;
export type RequestParams<C, N extends RequestName<C>> = MethodParams<MethodsOf<C>[N]>;
export type RequestResult<C, N extends RequestName<C>> = MethodResult<MethodsOf<C>[N]>;

/** Declares a contract: the events as a type, the requests as a table of checked methods. */
export function pageContract<E>(): <const M extends PageMethods>(methods: M) => PageContract<M, E> {
  return (methods) => ({ methods });
}

/** An error as a page shows it: the sentence is made by the host, in the reader's language. */
export interface PageError {
  readonly code: string;
  readonly message: string;
  /** A person turned back: nothing to show. */
  readonly cancelled?: boolean;
}

/** From the page. */
export const pageRequest = v.strictObject({
  type: v.literal('request'),
  id: v.pipe(v.number(), v.integer(), v.minValue(1)),
  method: v.pipe(v.string(), v.maxLength(64)),
  params: v.unknown(),
});
export type PageRequest = v.InferOutput<typeof pageRequest>;

/** To the page. */
export type PageReply =
  /** The request has arrived; its answer may take as long as a person takes. */
  | { readonly type: 'taken'; readonly id: number }
  | { readonly type: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly error: PageError }
  | { readonly type: 'event'; readonly name: string; readonly value: unknown };

/** The kinds of pages there are; each is a webview type `gaxPackages.<kind>` of the editor, `apd` that of its editor for such files. */
export const pageKinds = ['importWizard', 'deployWizard', 'packageDetails', 'deployedPackage', 'host', 'packageList', 'copyToTenants', 'apd'] as const;
export type PageKind = (typeof pageKinds)[number];

export function isPageKind(value: unknown): value is PageKind {
  return pageKinds.some((kind) => kind === value);
}

/** What a page is about. One page is open for one kind and subject. Kept by the editor with the tab, so that it comes back after a reload. */
export const pageSubject = v.strictObject({
  id: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
  tenantId: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
  /** Deploy wizard: what it does beside installing, and for which application object it was opened. */
  profile: v.optional(v.picklist(['upgrade', 'rollBack'])),
  applicationId: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
  /** Nickname of a plug-in in the application object of that id. */
  plugIn: v.optional(v.pipe(v.string(), v.maxLength(255))),
});
export type PageSubject = v.InferOutput<typeof pageSubject>;

/** One text for one subject: short for what all pages have, the rest only where there is any. */
export function subjectKey({ id = '', tenantId = '', profile, applicationId = '', plugIn }: PageSubject): string {
  return [id, tenantId, ...(profile === undefined && plugIn === undefined ? [] : [profile ?? '', applicationId]), ...(plugIn === undefined ? [] : [plugIn])].join('|');
}

/** The subject of a key. */
export function subjectOfKey(key: string): PageSubject | undefined {
  const [id, tenantId, profile, applicationId, ...rest] = key.split('|');
  const plugIn = rest.join('|');
  const read = v.safeParse(pageSubject, Object.fromEntries(Object.entries({ id, tenantId, profile, applicationId, plugIn }).filter(([, value]) => value !== undefined && value !== '')));
  return read.success ? read.output : undefined;
}
