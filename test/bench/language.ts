import assert from 'node:assert/strict';
import { XMLParser } from 'fast-xml-parser';
import type { Diagnostic, Hover, TextEdit } from 'vscode-languageserver';
import { getLanguageService as htmlService } from 'vscode-html-languageservice';
import { getLanguageService as jsonService, TextDocument } from 'vscode-json-languageservice';
import { createTextPositions, type TextPosition } from '../../src/core/language/textPositions';
import { largeJson, largeMetadata } from '../support/language/largeMetadata';
import { startLanguageServer, type LanguageServer } from '../support/language/languageServer';
import { createRandom } from '../support/random';

export interface LanguageBenchOptions {
  readonly log: (line: string) => void;
  /** Edits and questions of each kind; default 200. */
  readonly times?: number;
  /** Options of the template; default 700. */
  readonly options?: number;
  /** Characters of the template; default 600,000. */
  readonly size?: number;
}

/** Before the times are taken: what runs often is compiled by then. */
const warmUps = 30;

interface Times {
  readonly median: number;
  readonly percentile95: number;
}

/**
 * Times the built language server on one large metadata template, over JSON-RPC as an editor speaks it: from an edit to the
 * diagnostics of the whole file, completion, hover and formatting. Beside it what others take for the same text, called
 * directly, without a process between: parsers that only parse, and the editor's own services for HTML and JSON.
 */
export async function run({ log, times = 200, options = 700, size = 600_000 }: LanguageBenchOptions): Promise<{ readonly edit: Times; readonly completion: Times; readonly hover: Times; readonly bareParse: Times }> {
  const text = largeMetadata(options, size);
  log(`metadata of ${options} options, ${Math.round(text.length / 1000)} KB; milliseconds, median and 95th percentile of ${times}`);
  const server = await startLanguageServer({ pulls: true });
  const report = (name: string, taken: Times): Times => {
    log(`${name.padEnd(58)} ${taken.median.toFixed(1).padStart(7)} ${taken.percentile95.toFixed(1).padStart(7)}`);
    return taken;
  };
  try {
    const editor = createEditor(server, text);
    const edit = report('this server: edit to diagnostics', await measure(times, () => editor.editAndDiagnose()));
    const completion = report('this server: edit, then completion', await measure(times, () => editor.typeAndComplete()));
    const hover = report('this server: hover', await measure(times, () => editor.hover()));
    report('this server: format', await measure(Math.min(times, 50), () => editor.format()));

    const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, captureMetaData: true, parseTagValue: false, processEntities: false });
    const bareParse = report('fast-xml-parser: parse with positions', await measure(times, () => void parser.parse(text)));
    const { XmlDocument } = await import('libxml2-wasm');
    report('libxml2 in WebAssembly: parse', await measure(times, () => XmlDocument.fromString(text).dispose()));
    await measureHtml(text, times, report);
    await measureJson(options, size, times, report);
    log(`edit to diagnostics within fast-xml-parser's bare parse: ${edit.median <= bareParse.median && edit.percentile95 <= bareParse.percentile95 ? 'yes' : 'no'}`);
    log(`completion and hover under 10 ms at the 95th percentile: ${completion.percentile95 < 10 && hover.percentile95 < 10 ? 'yes' : 'no'}`);
    return { edit, completion, hover, bareParse };
  } finally {
    await server.end();
  }
}

/** Calls a step again and again; each call answers when what it times is done. A step that prepares answers how long the rest took. */
async function measure(times: number, step: () => Promise<number | undefined> | void): Promise<Times> {
  const taken: number[] = [];
  for (let i = -warmUps; i < times; i++) {
    const begin = performance.now();
    const timed = await step();
    if (i >= 0) taken.push(timed ?? performance.now() - begin);
  }
  taken.sort((a, b) => a - b);
  const at = (part: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * part))] ?? 0;
  return { median: at(0.5), percentile95: at(0.95) };
}

/** What a person does in an editor: types a letter somewhere, breaks a value, mends it. */
function createEditor(server: LanguageServer, original: string) {
  const uri = server.open('Large_91.xml', 'genesys-metadata', original);
  const positions = createTextPositions(original);
  const random = createRandom(1);
  const defaults = [...original.matchAll(/ default="90"/g)].map(({ index }) => index + ' default="'.length);
  const letters = [...original.matchAll(/ calls /g)].map(({ index }) => index + 1);
  const pick = (places: readonly number[]) => places[Math.floor(random(places.length))] ?? 0;
  const shifted = ({ line, character }: TextPosition, by: number): TextPosition => ({ line, character: character + by });
  let version = 1;
  let step = 0;
  let undo: (() => void) | undefined;
  let expected = 0;

  const change = (start: TextPosition, end: TextPosition, text: string) => {
    server.notify('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ range: { start, end }, text }] });
  };
  const replace = (offset: number, length: number, text: string) => {
    const start = positions.positionAt(offset);
    change(start, shifted(start, length), text);
    undo = () => change(start, shifted(start, text.length), original.slice(offset, offset + length));
  };
  const edit = () => {
    if (undo) {
      undo();
      undo = undefined;
      expected = 0;
    } else if (step++ % 2 === 0) replace(pick(letters), 0, 'x');
    else {
      replace(pick(defaults), 2, 'soon');
      expected = 1;
    }
  };

  return {
    async editAndDiagnose() {
      edit();
      const { items } = await server.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
      assert.equal(items.length, expected);
      return undefined;
    },
    async typeAndComplete() {
      undo?.();
      // Only the letter that is typed next counts.
      await server.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } });
      const start = positions.positionAt(original.indexOf('<format', pick(defaults) - 400) + '<format'.length);
      const begin = performance.now();
      change(start, start, ' ');
      undo = () => change(start, shifted(start, 1), '');
      const items = await server.request<unknown[]>('textDocument/completion', { textDocument: { uri }, position: shifted(start, 1) });
      const taken = performance.now() - begin;
      assert.ok(items.length > 0);
      return taken;
    },
    async hover() {
      undo?.();
      undo = undefined;
      const hover = await server.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position: positions.positionAt(pick(defaults)) });
      assert.ok(hover);
      return undefined;
    },
    async format() {
      const edits = await server.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } });
      assert.ok(edits.length > 0);
      return undefined;
    },
  };
}

type Report = (name: string, taken: Times) => Times;

/** The editor's service for HTML: it makes no diagnostics. */
async function measureHtml(text: string, times: number, report: Report): Promise<void> {
  const service = htmlService();
  const document = TextDocument.create('file:///large.html', 'html', 1, text);
  const random = createRandom(2);
  const places = [...text.matchAll(/<format /g)].map(({ index }) => index + '<format '.length);
  const place = () => document.positionAt(places[Math.floor(random(places.length))] ?? 0);
  const parsed = service.parseHTMLDocument(document);
  report('vscode-html-languageservice: parse', await measure(times, () => void service.parseHTMLDocument(document)));
  report('vscode-html-languageservice: completion, parsed before', await measure(times, () => void service.doComplete(document, place(), parsed)));
  report('vscode-html-languageservice: hover, parsed before', await measure(times, () => void service.doHover(document, place(), parsed)));
  report('vscode-html-languageservice: format', await measure(Math.min(times, 10), () => void service.format(document, undefined, { tabSize: 2, insertSpaces: true })));
}

/** The editor's service for JSON, with a schema of the same strictness. */
async function measureJson(options: number, size: number, times: number, report: Report): Promise<void> {
  const { text, schema } = largeJson(options, size);
  const service = jsonService({});
  service.configure({ validate: true, schemas: [{ uri: 'file:///schema.json', fileMatch: ['*'], schema }] });
  const random = createRandom(3);
  const places = [...text.matchAll(/"default": 90/g)].map(({ index }) => index + 3);
  const document = TextDocument.create('file:///large.json', 'json', 1, text);
  const place = () => document.positionAt(places[Math.floor(random(places.length))] ?? 0);
  const parsed = service.parseJSONDocument(document);
  report(`vscode-json-languageservice: parse and diagnostics, ${Math.round(text.length / 1000)} KB`, await measure(times, async () => {
    assert.deepEqual(await service.doValidation(document, service.parseJSONDocument(document)), []);
    return undefined;
  }));
  report('vscode-json-languageservice: completion, parsed before', await measure(times, async () => {
    await service.doComplete(document, place(), parsed);
    return undefined;
  }));
  report('vscode-json-languageservice: hover, parsed before', await measure(times, async () => {
    await service.doHover(document, place(), parsed);
    return undefined;
  }));
  report('vscode-json-languageservice: format', await measure(Math.min(times, 50), () => void service.format(document, { start: { line: 0, character: 0 }, end: document.positionAt(text.length) }, { tabSize: 2, insertSpaces: true })));
}
