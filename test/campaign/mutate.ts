import assert from 'node:assert/strict';
import type { Problem } from '../../src/core/formats/problem';
import { diagnoseBytes, diagnoseText, isTextFormat, type TextFormatId } from '../../src/core/language/diagnose';
import { createTextPositions } from '../../src/core/language/textPositions';
import { goodFiles, type GoodFile } from '../support/formats/goodFiles';
import { createRandom } from '../support/random';

interface Options {
  readonly count?: number;
  readonly seed: number;
  log(line: string): void;
}

type Random = (limit: number) => number;

/** One way to break a file. The problem must be on the line of what was found, or of its first group where it has one. */
interface Mutation {
  readonly name: string;
  readonly formats: readonly TextFormatId[];
  /** With the flags d and g. */
  readonly site: RegExp;
  change(found: string, random: Random): string;
}

const xml = ['ipDescription', 'metadataXml', 'spd'] as const;
const ini = ['silentIni'] as const;
const swapLetters = (word: string) => word.replace(/([a-z])(?!\1)([a-z])/, '$2$1');

const mutations: readonly Mutation[] = [
  { name: 'misspelt end tag', formats: xml, site: /<\/(?:\w+:)?[a-zA-Z]{5,}>/dg, change: (found) => found.replace('>', 'x>') },
  { name: 'wrong prefix of an end tag', formats: xml, site: /<\/[a-zA-Z]+>/dg, change: (found) => found.replace('/', '/zz:') },
  { name: 'end tag without its end', formats: xml, site: /<\/[\w:-]+>/dg, change: (found) => found.slice(0, -1) },
  { name: 'start tag without its end', formats: xml, site: /<[\w:]+( [^<>]*)?(?<!\/)>(?=\s*<)/dg, change: (found) => found.slice(0, -1) },
  { name: 'missing end tag', formats: xml, site: /(?<=<([\w:-]+)>[^<>\n]*)<\/\1>/dg, change: () => '' },
  { name: 'value without closing quote', formats: xml, site: /="[^"<\n]*"(?=\/?>)/dg, change: (found) => found.slice(0, -1) },
  { name: 'value without quotes', formats: xml, site: /="[\w.]+"/dg, change: (found) => found.replaceAll('"', '') },
  { name: 'bare ampersand', formats: xml, site: /(?<=>[^<>&]*)[a-z](?=[^<>&]*<\/)/dg, change: (found) => `${found} & ` },
  { name: 'less-than in a value', formats: xml, site: /(?<=="[^"<$]*)[a-z](?=[^"<$]*")/dg, change: (found) => `${found}<` },
  { name: 'control character', formats: xml, site: /(?<=>[^<>]*)[a-z](?=[^<>]*<\/)/dg, change: (found) => `${found}\u0002` },
  { name: 'unknown attribute', formats: xml, site: /<(?!\?)[\w:]+(?=[ />])/dg, change: (found) => `${found} zzzz="1"` },
  { name: 'attribute twice', formats: xml, site: /(?<= )([\w:]+)="[^"]*"(?=[ />])/dg, change: (found) => `${found} ${found}` },
  { name: 'missing blank', formats: xml, site: /(?<=") (?=[\w:]+=")(?<!<\?[^>]*)/dg, change: () => '' },
  { name: 'unknown element', formats: xml, site: /<(?!\/|\?|!)[\w:]+ [^<>]*\/>/dg, change: (found) => found.replace(/[\w]+(?= )/, 'zzzz') },
  { name: 'version that is none', formats: ['ipDescription'], site: /(?<=Version=")\d+\.\d+\.\d+\.\d+/dg, change: () => 'v.1' },
  { name: 'date that is none', formats: ['ipDescription'], site: /\d{4}-\d\d-\d\d/dg, change: (found) => found.replace(/-\d\d-/, '-13-') },
  { name: 'number that is none', formats: ['ipDescription'], site: /(?<=(?:BuildNumber|CfgOSType)=")\d+/dg, change: (found) => `${found}x` },
  { name: 'boolean that is none', formats: ['metadataXml', 'spd'], site: /(?<=(?:mandatory|hidden|readOnly|enabled|isInteger|required|skipIfInstalled|emptyAllowed)=")(?:true|false)(?<!<input[^>]*hidden="\w*)/dg, change: () => 'maybe' },
  { name: 'default of another kind', formats: ['metadataXml'], site: /(?<=type="(?:numeric|boolean)" default=")\w+/dg, change: () => 'perhaps' },
  { name: 'expression without end', formats: ['spd'], site: /(?<="[^"]*\$\{\w+)\}(?=[^"}]*")/dg, change: () => '' },
  { name: 'expression that is none', formats: ['spd'], site: /(?<=\$\{\w+)(?=\})/dg, change: () => ' +' },
  { name: 'misspelt name in an expression', formats: ['spd'], site: /(?<=\$\{)(?:hostName|siteName|customer)(?=[}.])/dg, change: swapLetters },
  { name: 'blank before =', formats: ini, site: /^\w+(?==)/dgm, change: (found) => `${found} ` },
  { name: 'blank after =', formats: ini, site: /(?<=^\w+=)(?=[^\s=]+$)/dgm, change: () => ' ' },
  { name: 'key in the wrong case', formats: ini, site: /^(?:InstallPath|DataModel|UseLicense|AccessType|LicenseAgreement|ApplicationName|DatabaseName|SoapPort)(?==)/dgm, change: (found, random) => (random(2) < 1 ? found.toLowerCase() : found.toUpperCase()) },
  { name: 'setting without =', formats: ini, site: /(?<=^\w+)=(?=\S)/dgm, change: () => ':' },
  { name: 'indented comment', formats: ini, site: /^[#;]/dgm, change: (found, random) => (random(2) < 1 ? ` ${found}` : `\t${found}`) },
  { name: 'indented section', formats: ini, site: /^\[\w+\]/dgm, change: (found) => ` ${found}` },
  { name: 'words behind a section', formats: ini, site: /(?<=^\[\w+\])(?=\r?$)/dgm, change: () => ' ; note' },
  { name: 'key twice', formats: ini, site: /^(\w+)=.*$/dgm, change: (found) => `${found}\n${found}` },
  { name: 'port that is none', formats: ini, site: /(?<=^\w*Port=)\d+/dgm, change: (found) => `${found}000` },
  { name: 'path that is none', formats: ini, site: /(?<=^InstallPath=)\S/dgm, change: (found, random) => (random(2) < 1 ? '~/' : `x${found}`) },
  { name: 'value that is not allowed', formats: ini, site: /(?<=^(?:DataModel|UseLicense|AccessType|LicenseAgreement|UseGDA|Configure|AuthenticationType)=).+?(?=\r?$)/dgm, change: () => 'other' },
  { name: 'placeholder', formats: ini, site: /(?<=^\w+=)[^\s<]+(?=\r?$)/dgm, change: () => '<value>' },
  { name: 'plain password', formats: ini, site: /(?<=^Password=)/dgm, change: () => 'pa55' },
];

/** What breaks an application template; a problem anywhere counts, since one length moves all that follows. */
const binaryMutations: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  (bytes, random) => bytes.subarray(0, Math.floor(random(bytes.length))),
  (bytes, random) => Uint8Array.of(...bytes, random(256)),
  (bytes) => bytes.map((byte, i) => (i === 0x110 ? byte + 1 : byte)),
  (bytes, random) => {
    const at = 0x114 + Math.floor(random(4));
    return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
  },
  (bytes) => bytes.map((byte, i) => (i === 0x118 ? 9 : byte)),
];

const longestMilliseconds = 2000;

/**
 * Breaks good files at random places in every way of the table: more than 99 of 100 must be reported on the right line, none
 * may throw or hang. @throws when fewer are; the missed ones are named
 */
export async function run({ count = 20_000, seed, log }: Options): Promise<void> {
  const random = createRandom(seed);
  const files = goodFiles();
  const missed = new Map<string, string[]>();
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const file = files[Math.floor(random(files.length))] as GoodFile;
    // Of the processor: on a busy machine time passes by itself.
    const started = process.cpuUsage();
    const miss = file.format === 'apd' ? breakTemplate(file, random) : isTextFormat(file.format) ? breakText(file, file.format, random) : undefined;
    const { user, system } = process.cpuUsage(started);
    slowest = Math.max(slowest, (user + system) / 1000);
    assert.ok(slowest < longestMilliseconds, `a file took ${slowest} ms`);
    if (miss) missed.set(miss.name, [...(missed.get(miss.name) ?? []), miss.what]);
    if (i % 500 === 499) await new Promise(setImmediate);
  }
  const total = [...missed.values()].reduce((sum, { length }) => sum + length, 0);
  for (const [name, cases] of missed) log(`missed: ${name}, ${cases.length} times, e.g. ${cases[0] ?? ''}`);
  log(`${count - total} of ${count} reported on the right line; the slowest took ${slowest.toFixed(1)} ms`);
  assert.ok(total <= count / 100, `${total} of ${count} were not reported on the right line`);
}

/** Where XML may hold anything. */
const withoutMarkup = /<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<!--[^]*?-->/g;

interface Miss {
  readonly name: string;
  readonly what: string;
}

function breakText({ name, text }: GoodFile, format: TextFormatId, random: Random): Miss | undefined {
  const possible = mutations.filter((one) => one.formats.includes(format));
  const mutation = possible[Math.floor(random(possible.length))];
  const free = [...text.matchAll(withoutMarkup)].map(({ index, 0: found }) => [index, index + found.length] as const);
  const sites = mutation ? [...text.matchAll(mutation.site)].filter(({ index }) => !free.some(([start, end]) => index > start && index < end)) : [];
  const site = sites[Math.floor(random(sites.length))];
  if (!mutation || !site) return undefined;
  const changed = text.slice(0, site.index) + mutation.change(site[0], random) + text.slice(site.index + site[0].length);
  const positions = createTextPositions(changed);
  const first = positions.positionAt(site.index).line;
  const last = positions.positionAt(site.index + changed.length - text.length + site[0].length).line;
  const problems = diagnoseText(format, changed);
  const isThere = ({ start, end }: Problem) => positions.positionAt(start).line <= last && positions.positionAt(end).line >= first;
  if (problems.some(isThere)) return undefined;
  return { name: mutation.name, what: `${name}:${first + 1} ${JSON.stringify(changed.slice(Math.max(0, site.index - 30), site.index + 50))} gave ${problems.map(({ code }) => code).join(', ') || 'nothing'}` };
}

function breakTemplate({ name, bytes }: GoodFile, random: Random): Miss | undefined {
  const index = Math.floor(random(binaryMutations.length));
  const changed = binaryMutations[index]?.(bytes, random) ?? bytes;
  return diagnoseBytes('apd', changed).length > 0 ? undefined : { name: `damage ${index} of a template`, what: name };
}
