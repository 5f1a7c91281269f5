import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'node:path';
import { describeProblem } from '../../core/formats/describeProblem';
import { decodeApd } from '../../core/formats/apd/decode';
import type { ApdTemplate } from '../../core/formats/apd/model';
import { encodeApdText, printApdText } from '../../core/formats/apd/text';
import { firstError, type Problem } from '../../core/formats/problem';
import { compareTemplates } from '../../core/formats/templatePair/compare';
import { apdFromMetadata, metadataFromApd, type TemplateLosses } from '../../core/formats/templatePair/convert';
import { parseXml } from '../../core/formats/xml/parse';
import { describeLosses } from '../../core/text/templateText';
import { decodeText } from '../../core/text/utf8';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { CliFailure } from '../failure';
import { asLine, findingsOf } from '../lint/report';
import { parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg apd decode FILE | encode JSON -o FILE | diff XML APD | from-xml XML -o APD | to-xml APD -o XML` */
export const apd: Verb = async (context, args) => {
  const [action, ...rest] = args;
  if (action === undefined) throw new UsageError('missingArgument', { argument: Object.keys(actions).join('|') });
  const run = Object.hasOwn(actions, action) ? actions[action as keyof typeof actions] : undefined;
  if (!run) throw new UsageError('unknownVerb', { verb: `apd ${action}` });
  return await run(context, rest);
};

const decode: Verb = async (context, args) => {
  const { positionals } = parseOptions(args, {});
  takeNoMore(positionals, 1);
  const { template, path, problems } = await readApd(context, requireArgument(positionals, 0, 'FILE'));
  context.terminal.out(printApdText(template).trimEnd());
  noteProblems(context, path, problems);
  return exitDone;
};

const encode: Verb = async (context, args) => {
  const { source, output } = sourceAndOutput(args, 'JSON');
  const json = await readBytes(context, source);
  const { bytes, problems } = encodeApdText(decodeText(json));
  noteTextProblems(context, source, json, problems);
  return bytes ? await write(context, output, bytes) : exitFailed;
};

const fromXml: Verb = async (context, args) => {
  const { source, output } = sourceAndOutput(args, 'XML');
  const xml = await readBytes(context, source);
  const conversion = apdFromMetadata(parseXml(decodeText(xml)), parse(output).name);
  if ('made' in conversion) return await write(context, output, conversion.made, conversion.lost);
  noteTextProblems(context, source, xml, [conversion.problem]);
  return exitFailed;
};

const toXml: Verb = async (context, args) => {
  const { source, output } = sourceAndOutput(args, 'APD');
  const { template, problems } = await readApd(context, source);
  noteProblems(context, source, problems);
  const { made, lost } = metadataFromApd(template, parse(output).name);
  return await write(context, output, made, lost);
};

function sourceAndOutput(args: readonly string[], name: string): { readonly source: string; readonly output: string } {
  const { values, positionals } = parseOptions(args, { output: { type: 'string', short: 'o' } });
  const source = requireArgument(positionals, 0, name);
  takeNoMore(positionals, 1);
  if (values.output === undefined) throw new UsageError('missingArgument', { argument: '-o FILE' });
  return { source, output: values.output };
}

async function write(context: CliContext, path: string, content: string | Uint8Array, lost: TemplateLosses = {}): Promise<number> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new CliFailure(context.text('fileNotWritten', { file: path, reason: reasonOf(error) }));
  }
  const losses = describeLosses(context.locale, lost);
  if (losses !== '') context.terminal.note(context.text('apdCannotHold', { file: path, losses }));
  return exitDone;
}

/** Exit code 0: nothing differs but blanks at ends, which real pairs differ in; 1: something does. */
const diff: Verb = async (context, args) => {
  const { positionals } = parseOptions(args, {});
  const [xmlPath, apdPath] = [requireArgument(positionals, 0, 'XML'), requireArgument(positionals, 1, 'APD')];
  takeNoMore(positionals, 2);
  const xmlBytes = await readBytes(context, xmlPath);
  const document = parseXml(decodeText(xmlBytes));
  if (firstError(document.problems)) {
    noteTextProblems(context, xmlPath, xmlBytes, document.problems);
    return exitFailed;
  }
  const { template, bytes } = await readApd(context, apdPath);
  const differences = compareTemplates(template, document);
  // What both files say is told once, at its place in the text.
  const ofApdAlone = differences.apd.filter(({ code }) => code === 'templatePair.not-in-xml');
  const findings = [
    ...findingsOf({ path: xmlPath, bytes: xmlBytes, format: 'metadataXml', problems: differences.xml }, undefined, context.locale),
    ...findingsOf({ path: apdPath, bytes, format: 'apd', problems: ofApdAlone }, undefined, context.locale),
  ];
  for (const finding of findings) context.terminal.out(asLine(finding));
  return findings.some((finding) => finding.severity !== 'hint') ? exitFailed : exitDone;
};

const actions = { decode, encode, diff, 'from-xml': fromXml, 'to-xml': toXml };

async function readApd(context: CliContext, path: string): Promise<{ template: ApdTemplate; path: string; bytes: Uint8Array; problems: readonly Problem[] }> {
  const bytes = await readBytes(context, path);
  const { template, problems } = decodeApd(bytes);
  // What could be read of a damaged file is not the file.
  if (template && !firstError(problems)) return { template, path, bytes, problems };
  noteProblems(context, path, problems);
  throw new CliFailure(context.text('apdUnreadable', { file: path }));
}

function noteProblems(context: CliContext, path: string, problems: readonly Problem[]): void {
  for (const problem of problems) {
    const place = problem.end > 0 ? { place: { offset: problem.start, length: problem.end - problem.start } } : {};
    context.terminal.note(asLine({ path, code: problem.code, severity: problem.severity, message: describeProblem(context.locale, problem), ...place }));
  }
}

/** Of a text: by line and column. */
function noteTextProblems(context: CliContext, path: string, bytes: Uint8Array, problems: readonly Problem[]): void {
  for (const finding of findingsOf({ path, bytes, format: 'metadataXml', problems }, undefined, context.locale)) context.terminal.note(asLine(finding));
}

async function readBytes(context: CliContext, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CliFailure(context.text('fileNotRead', { file: path, reason: reasonOf(error) }));
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
