import { decodeApd } from '../core/formats/apd/decode';
import type { ApdTemplate } from '../core/formats/apd/model';
import { firstError, inOrder, type Problem } from '../core/formats/problem';
import { compareTemplates, type TemplatePairProblems } from '../core/formats/templatePair/compare';
import { analyze, type Analysis } from '../core/language/analyze';
import { recognizeFormat } from '../core/language/recognizeFormat';
import type { TextPositions } from '../core/language/textPositions';
import { decodeText } from '../core/text/utf8';
import type { FileWatch, ReadFile } from './filesBeside';
import type { OpenDocument, OpenDocuments } from './openDocuments';

/** Places in a binary file: its bytes, as if it were one line. */
export const bytePositions: TextPositions = {
  positionAt: (offset) => ({ line: 0, character: offset }),
  offsetAt: ({ line, character }) => (line > 0 ? Infinity : character),
};

/** A file of a pair with its problems, for a client that has not opened it as a text. */
export interface FileProblems {
  readonly uri: string;
  readonly problems: readonly Problem[];
  readonly positions: TextPositions;
  readonly partner: Partner | undefined;
}

/** The other file of a pair. */
export interface Partner {
  readonly uri: string;
  readonly positions: TextPositions;
}

/** What is known of an application template beside open metadata. */
export interface ApdBeside extends Partner {
  readonly template: ApdTemplate;
}

export interface TemplatePairsOptions {
  readonly documents: () => OpenDocuments;
  readonly read: ReadFile;
  readonly files: FileWatch;
  /** Says the problems of a file that is not open as a text; none to take back what was said. */
  readonly publish: (file: FileProblems) => void;
  /** More, or something else, is known of an open document than before. */
  readonly learned: (uri: string) => void;
}

/** Metadata templates and the application templates of their names: compared as soon as one of the two is open. */
export interface TemplatePairs {
  /** What differs from the application template beside an open document. */
  problemsOf(document: OpenDocument): readonly Problem[];
  /** The application template beside an open document. */
  besideOf(uri: string): ApdBeside | undefined;
  /** Grows whenever the file beside a document turns out to be another one. */
  revisionOf(uri: string): number;
  documentChanged(document: OpenDocument): void;
  documentClosed(uri: string): void;
  /** The application templates that the client shows, in whatever kind of editor. */
  templatesShown(uris: readonly string[]): void;
  filesChanged(uris: readonly string[]): void;
}

const apdEndings = ['apd', 'APD'];
const xmlEndings = ['xml', 'XML'];

interface Pair {
  readonly stem: string;
  readonly watch: { dispose(): void };
  isApdShown: boolean;
  revision: number;
  apd: (Partner & ReturnType<typeof decodeApd>) | undefined;
  /** The metadata as it is on disk; counts while it is not open. */
  xml: (Partner & { readonly analysis: Analysis }) | undefined;
  /** Of which state of the document and of the other file the comparison is. */
  compared: { readonly state: string; readonly found: TemplatePairProblems } | undefined;
  /** What was said of files that are not open as a text. */
  readonly published: Map<string, string>;
}

/** Follows the pairs of which a file is open. */
export function createTemplatePairs({ documents, read, files, publish, learned }: TemplatePairsOptions): TemplatePairs {
  const pairs = new Map<string, Pair>();

  function pairOf(stem: string): Pair {
    const known = pairs.get(stem);
    if (known) return known;
    const slash = stem.lastIndexOf('/');
    const watch = files.watch(stem.slice(0, slash), decodeURIComponent(stem.slice(slash + 1)), [...apdEndings, ...xmlEndings]);
    const pair: Pair = { stem, watch, isApdShown: false, revision: 0, apd: undefined, xml: undefined, compared: undefined, published: new Map() };
    pairs.set(stem, pair);
    void load(pair);
    return pair;
  }

  async function readFirst(stem: string, endings: readonly string[]): Promise<{ readonly uri: string; readonly bytes: Uint8Array } | undefined> {
    for (const ending of endings) {
      const bytes = await read(`${stem}.${ending}`);
      if (bytes) return { uri: `${stem}.${ending}`, bytes };
    }
    return undefined;
  }

  async function load(pair: Pair): Promise<void> {
    const [apd, xml] = await Promise.all([readFirst(pair.stem, apdEndings), readFirst(pair.stem, xmlEndings)]);
    if (pairs.get(pair.stem) !== pair) return;
    pair.apd = apd && { uri: apd.uri, positions: bytePositions, ...decodeApd(apd.bytes) };
    pair.xml = xml && xmlOf(xml.uri, decodeText(xml.bytes));
    pair.revision++;
    const document = openXml(pair);
    if (document) learned(document.uri);
    say(pair);
  }

  function openXml({ stem }: Pair): OpenDocument | undefined {
    for (const ending of xmlEndings) {
      const document = documents().get(`${stem}.${ending}`);
      if (document?.analysis?.format === 'metadataXml') return document;
    }
    return undefined;
  }

  function compare(pair: Pair): TemplatePairProblems {
    const document = openXml(pair);
    const analysis = document?.analysis ?? pair.xml?.analysis;
    const state = `${pair.revision} ${document?.revision ?? ''}`;
    if (pair.compared?.state !== state) pair.compared = { state, found: analysis && pair.apd?.template ? compareWith(pair.apd.template, analysis) : { xml: [], apd: [] } };
    return pair.compared.found;
  }

  /** Says what is wrong with those files of a pair that the client does not ask about. */
  function say(pair: Pair): void {
    const document = openXml(pair);
    const { xml, apd } = compare(pair);
    const ofXml: Partner | undefined = document?.analysis ? { uri: document.uri, positions: document.analysis.positions } : pair.xml;
    const isApdOfInterest = pair.isApdShown || document !== undefined;
    const said: FileProblems[] = [];
    if (pair.apd && isApdOfInterest) said.push({ uri: pair.apd.uri, positions: bytePositions, partner: ofXml, problems: inOrder([...pair.apd.problems, ...apd]) });
    if (pair.xml && !document && pair.isApdShown) said.push({ uri: pair.xml.uri, positions: pair.xml.positions, partner: pair.apd, problems: xml });
    for (const file of said) {
      const state = JSON.stringify(file.problems);
      if (pair.published.get(file.uri) === state || (!pair.published.has(file.uri) && file.problems.length === 0)) continue;
      pair.published.set(file.uri, state);
      publish(file);
    }
    for (const uri of pair.published.keys()) if (!said.some((file) => file.uri === uri)) takeBack(pair, uri);
  }

  function takeBack(pair: Pair, uri: string): void {
    pair.published.delete(uri);
    publish({ uri, problems: [], positions: bytePositions, partner: undefined });
  }

  function leaveIfUnused(pair: Pair): void {
    if (pair.isApdShown || openXml(pair)) return say(pair);
    for (const uri of pair.published.keys()) takeBack(pair, uri);
    pair.watch.dispose();
    pairs.delete(pair.stem);
  }

  return {
    problemsOf({ uri, analysis }) {
      const pair = pairs.get(stemOf(uri));
      return pair && analysis?.format === 'metadataXml' ? compare(pair).xml : [];
    },
    besideOf(uri) {
      const apd = pairs.get(stemOf(uri))?.apd;
      return apd?.template && { uri: apd.uri, positions: bytePositions, template: apd.template };
    },
    revisionOf: (uri) => pairs.get(stemOf(uri))?.revision ?? 0,
    documentChanged({ uri, analysis }) {
      if (analysis?.format === 'metadataXml' && hasEnding(uri, xmlEndings)) say(pairOf(stemOf(uri)));
    },
    documentClosed(uri) {
      const pair = pairs.get(stemOf(uri));
      if (!pair || !hasEnding(uri, xmlEndings)) return;
      leaveIfUnused(pair);
      // What was open may have been closed without being saved.
      if (pairs.has(pair.stem)) void load(pair);
    },
    templatesShown(uris) {
      const shown = new Set(uris.filter((uri) => hasEnding(uri, apdEndings)).map(stemOf));
      for (const stem of shown) {
        const pair = pairOf(stem);
        pair.isApdShown = true;
        say(pair);
      }
      for (const pair of pairs.values()) {
        if (!pair.isApdShown || shown.has(pair.stem)) continue;
        pair.isApdShown = false;
        leaveIfUnused(pair);
      }
    },
    filesChanged(uris) {
      for (const stem of new Set(uris.map(stemOf))) {
        const pair = pairs.get(stem);
        if (pair) void load(pair);
      }
    },
  };
}

/** Of metadata that is no well-formed XML options seem to be missing that only stand elsewhere: nothing is said then. */
function compareWith(template: ApdTemplate, { tree }: Analysis): TemplatePairProblems {
  if (tree.kind !== 'xml' || firstError(tree.document.problems)) return { xml: [], apd: [] };
  return compareTemplates(template, tree.document);
}

function xmlOf(uri: string, text: string): Pair['xml'] {
  if (recognizeFormat(uri, text) !== 'metadataXml') return undefined;
  const analysis = analyze('metadataXml', text);
  return { uri, analysis, positions: analysis.positions };
}

function stemOf(uri: string): string {
  return uri.replace(/\.[^./]*$/, '');
}

function hasEnding(uri: string, endings: readonly string[]): boolean {
  return endings.some((ending) => uri.endsWith(`.${ending}`));
}
