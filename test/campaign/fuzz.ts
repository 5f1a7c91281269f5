import assert from 'node:assert/strict';
import { decodeApd } from '../../src/core/formats/apd/decode';
import { encodeApd } from '../../src/core/formats/apd/encode';
import { apdFromJson, apdToJson } from '../../src/core/formats/apd/json';
import { firstError, maximumProblems, type Problem } from '../../src/core/formats/problem';
import { parseResultLog } from '../../src/core/formats/resultLog/parse';
import { parseSilentIni, printSilentIni } from '../../src/core/formats/silentIni/parse';
import { parseXml } from '../../src/core/formats/xml/parse';
import { reparseXml } from '../../src/core/formats/xml/reparse';
import type { XmlNode } from '../../src/core/formats/xml/tree';
import { diagnoseBytes, diagnoseText, type TextFormatId } from '../../src/core/language/diagnose';
import { decodeText } from '../../src/core/text/utf8';
import { goodFiles } from '../support/formats/goodFiles';
import { createRandom } from '../support/random';

interface Options {
  /** Inputs for each parser. */
  readonly count?: number;
  readonly seed: number;
  log(line: string): void;
}

type Random = (limit: number) => number;

/** A single input may take this long of the processor; far above what any takes, far below what a person would call hanging. */
const longestMilliseconds = 2000;

/**
 * Random bytes, random pieces of the formats, and good files with random damage go through every parser and its rules: no
 * exception, no hang, every range inside of the input, and what is printed is what was read.
 */
export async function run({ count = 200_000, seed, log }: Options): Promise<void> {
  for (const [name, parser] of Object.entries(parsers)) {
    const random = createRandom(seed);
    const started = performance.now();
    let slowest = 0;
    for (let i = 0; i < count; i++) {
      const { input, check } = parser(random);
      // Of the processor: on a busy machine time passes by itself.
      const before = process.cpuUsage();
      try {
        check();
      } catch (error) {
        const shown = typeof input === 'string' ? JSON.stringify(input) : Buffer.from(input).toString('hex');
        throw new Error(`${name}, input ${i}: ${shown.slice(0, 4000)}`, { cause: error });
      }
      const { user, system } = process.cpuUsage(before);
      const took = (user + system) / 1000;
      slowest = Math.max(slowest, took);
      assert.ok(took < longestMilliseconds, `${name}, input ${i} took ${took} ms`);
      // Others may run between inputs: a campaign that blocks its process cannot be stopped.
      if (i % 1000 === 999) await new Promise(setImmediate);
    }
    log(`${name}: ${count} inputs in ${Math.round(performance.now() - started)} ms, the slowest ${slowest.toFixed(1)} ms`);
  }
}

/** Draws one input; `check` puts it to the test. */
type Fuzzed = (random: Random) => { readonly input: string | Uint8Array; check(): void };

function fuzzed<T extends string | Uint8Array>(draw: (random: Random) => T, check: (input: T) => void): Fuzzed {
  return (random) => {
    const input = draw(random);
    return { input, check: () => check(input) };
  };
}

const xmlPieces = [
  '<', '>', '/', '</', '/>', '<a', '</a>', '<b>', '<x:a', ' x="', '"', "'", '=', ' y=z', '<!--', '-->', '--', '<![CDATA[', ']]>', '<?', '?>', '<?xml', '<!DOCTYPE', '[', ']',
  '&', '&amp;', '&#x', '&#65;', ';', '\n', '\r', '\r\n', ' ', '\t', 't', 'é', '\ud83d', '\ude00', '\u0000', '\ufeff', '${', '}', '{', 'if', 'cond',
];
const iniPieces = ['[', ']', '[IPCommon]', '[LCA]', 'InstallPath', 'DataModel', '=', ' ', '\t', '#', ';', '\n', '\r', '\r\n', '\n\r', '<x>', '64', '/', '~', '""', 'Password', 'é', '\ud83d', '\u0000', '\ufeff'];

function text(pieces: readonly string[], good: readonly string[]): (random: Random) => string {
  const pick = <T>(random: Random, items: readonly T[]) => items[Math.floor(random(items.length))] as T;
  const some = (random: Random, most: number) => Array.from({ length: Math.floor(random(most)) }, () => pick(random, pieces)).join('');
  return (random) => {
    const kind = random(10);
    if (kind < 2) return String.fromCharCode(...Array.from({ length: Math.floor(random(60)) }, () => random(kind < 1 ? 0x80 : 0x10000)));
    if (kind < 6) return some(random, 40);
    // A window of a good file: damage anywhere in a long one would mostly fall on the same few rules.
    let damaged = pick(random, good);
    for (let changes = 1 + Math.floor(random(4)); changes > 0; changes--) {
      const at = Math.floor(random(damaged.length));
      damaged = damaged.slice(0, at) + some(random, 4) + damaged.slice(at + Math.floor(random(random(8) < 1 ? 400 : 6)));
    }
    return damaged;
  };
}

function bytes(good: readonly Uint8Array[]): (random: Random) => Uint8Array {
  return (random) => {
    if (random(10) < 2) return Uint8Array.from({ length: Math.floor(random(400)) }, () => random(256));
    const damaged = Uint8Array.from(good[Math.floor(random(good.length))] ?? []);
    for (let changes = 1 + Math.floor(random(4)); changes > 0; changes--) damaged[Math.floor(random(damaged.length))] = random(4) < 1 ? 255 : random(256);
    return random(4) < 1 ? damaged.subarray(0, Math.floor(random(damaged.length))) : damaged;
  };
}

const all = goodFiles();
const textsOf = (format: string) => all.filter((file) => file.format === format).map((file) => file.text);
const bytesOf = (format: string) => all.filter((file) => file.format === format).map((file) => file.bytes);

function checkText(format: TextFormatId, input: string): void {
  checkProblems(diagnoseText(format, input), input.length);
}

function checkProblems(problems: readonly Problem[], length: number): void {
  // XML has its own problems and those of its format.
  assert.ok(problems.length <= 2 * maximumProblems);
  let last = 0;
  for (const { code, start, end, related = [], fix } of problems) {
    assert.ok(start >= last, `${code} is out of order`);
    last = start;
    for (const place of [{ start, end }, ...related, ...(fix?.edits ?? [])]) assert.ok(place.start >= 0 && place.start <= place.end && place.end <= length, code);
  }
}

function printXml(nodes: readonly XmlNode[], input: string): string {
  let position = 0;
  const pieces = nodes.map((node) => {
    assert.equal(node.start, position, 'the nodes must tile the text');
    position = node.end;
    return input.slice(node.start, node.end);
  });
  return pieces.join('');
}

const drawXml = text(xmlPieces, all.filter((file) => file.text.includes('<?xml')).map((file) => file.text));

const parsers: Readonly<Record<string, Fuzzed>> = {
  xml: fuzzed(drawXml, (input) => {
    assert.equal(printXml(parseXml(input).children, input), input);
  }),
  edits: (random) => {
    const before = drawXml(random);
    const start = Math.floor(random(before.length));
    const edit = { start, end: Math.min(before.length, start + Math.floor(random(6))), text: random(4) < 1 ? '' : xmlPieces[Math.floor(random(xmlPieces.length))] ?? '' };
    return {
      input: JSON.stringify([before, edit]),
      check() {
        const part = reparseXml(parseXml(before), edit);
        // The references from child to parent make no tree.
        const shape = (value: unknown) => JSON.stringify(value, (key, inside: unknown) => (key === 'parent' ? null : inside));
        if (part) assert.equal(shape(part), shape(parseXml(before.slice(0, edit.start) + edit.text + before.slice(edit.end))));
      },
    };
  },
  silentIni: fuzzed(text(iniPieces, textsOf('silentIni')), (input) => {
    assert.equal(printSilentIni(parseSilentIni(input)), input);
    checkText('silentIni', input);
  }),
  ...Object.fromEntries((['ipDescription', 'metadataXml', 'spd'] as const).map((format) => [
    format, fuzzed(text(xmlPieces, textsOf(format)), (input) => checkText(format, input)),
  ])),
  resultLog: fuzzed(
    text([...iniPieces, '[Result]', 'ResultCode=', 'Error=', 'Reboot=', '0', '1'], ['[GenesysProductInfo]\nIPName=a\n[Result]\nResultCode=0\nError=\nReboot=N\n']),
    (input) => checkProblems(parseResultLog(input).problems, input.length),
  ),
  apd: fuzzed(bytes(bytesOf('apd')), (input) => {
    const { template, problems } = decodeApd(input);
    checkProblems(problems, input.length);
    if (!template || firstError(problems)) return;
    assert.deepEqual(encodeApd(template).bytes, Uint8Array.from(input));
    const read = apdFromJson(JSON.parse(JSON.stringify(apdToJson(template))));
    assert.ok('template' in read);
    assert.deepEqual(encodeApd(read.template).bytes, Uint8Array.from(input));
  }),
  tpl: fuzzed(bytes([...bytesOf('tpl'), ...bytesOf('apd'), ...bytesOf('metadataXml')]), (input) => {
    checkProblems(diagnoseBytes('tpl', input), Math.max(input.length, decodeText(input).length));
  }),
};
