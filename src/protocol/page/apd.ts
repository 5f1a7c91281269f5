import * as v from 'valibot';
import type { ProblemSeverity } from '../../core/formats/problem';
import type { OptionComparison } from '../../core/formats/templatePair/rows';
import { method } from '../method';
import { pageContract } from './page';

/** One option of an application template, beside what the XML of the same name says. */
export interface ApdRow {
  /** Empty for what stands outside of a section. */
  readonly section: string;
  readonly option: string;
  /** The default in the APD; undefined where the option is missing there, or its value is no text. */
  readonly apd?: string;
  /** A value of the APD that is no text, in the reader's words. */
  readonly other?: string;
  /** The default in the XML; undefined where the XML has none. */
  readonly xml?: string;
  /** Undefined where nothing is compared. */
  readonly comparison?: OptionComparison;
}

/** Something that is wrong with the APD, at bytes of it. */
export interface ApdProblem {
  readonly severity: ProblemSeverity;
  readonly message: string;
  readonly offset: number;
}

/** The XML of the same name in the folder. */
export type ApdXml =
  /** `notes`: what differs beside the options, in the reader's words. */
  | { readonly kind: 'compared'; readonly file: string; readonly notes: readonly string[] }
  /** It is there but was not compared: `reason` says why. */
  | { readonly kind: 'notCompared'; readonly file: string; readonly reason: string };

/** The page as it is to be shown now; sent anew whenever one of the two files changes. */
export type ApdView =
  | {
      readonly kind: 'template';
      readonly file: string;
      /** Counts the views of this page: what is asked of a row names the view that it was seen in. */
      readonly revision: number;
      readonly name: string;
      readonly applicationType: number;
      /** Undefined for a number that the vendor's table does not have. */
      readonly typeName?: string;
      readonly version: string;
      readonly state: number;
      /** In bytes. */
      readonly size: number;
      readonly rows: readonly ApdRow[];
      readonly xml?: ApdXml;
      /** Why not all of the file could be read; the rows are what could be. */
      readonly damage?: string;
      readonly problems: readonly ApdProblem[];
    }
  | { readonly kind: 'unreadable'; readonly file: string; readonly reason: string; readonly problems: readonly ApdProblem[] };

/** What the XML says of one option; texts are empty where it says nothing. */
export interface ApdOptionDescription {
  readonly displayName: string;
  readonly description: string;
  readonly takesEffect: string;
  /** Which values are valid: in the words of the XML, and what its rules say. */
  readonly values: readonly string[];
  /** Line of the option in the XML, from 1. */
  readonly line: number;
}

const nothing = v.strictObject({});
const name = v.pipe(v.string(), v.maxLength(65_536));
const option = v.strictObject({ section: name, option: name });

/** The page of an application template. */
export const apdContract = pageContract<{
  readonly view: ApdView;
}>()({
  'page/open': method<object, { readonly view: ApdView }>(nothing),
  'option/describe': method<{ section: string; option: string }, ApdOptionDescription | null>(option),
  /** Opens the XML where it describes that option. */
  'option/showInXml': method<{ section: string; option: string }, null>(option),
  /** Copies the default of a row of that view. */
  'option/copyValue': method<{ revision: number; row: number }, null>(v.strictObject({ revision: v.pipe(v.number(), v.integer()), row: v.pipe(v.number(), v.integer(), v.minValue(0)) })),
  'xml/open': method<object, null>(nothing),
  'text/open': method<object, null>(nothing),
  'text/compare': method<object, null>(nothing),
  /** Opens the bytes of the file at one of its problems. */
  'bytes/open': method<{ offset: number }, null>(v.strictObject({ offset: v.pipe(v.number(), v.integer(), v.minValue(0)) })),
});

export type ApdContract = typeof apdContract;
