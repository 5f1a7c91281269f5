import { readFile, writeFile } from 'node:fs/promises';
import { describeProblem } from '../../core/formats/describeProblem';
import { decodeApd } from '../../core/formats/apd/decode';
import { encodeApd } from '../../core/formats/apd/encode';
import { apdFromJson, apdToJson } from '../../core/formats/apd/json';
import type { ApdTemplate } from '../../core/formats/apd/model';
import { firstError, type Problem } from '../../core/formats/problem';
import { compareTemplates } from '../../core/formats/templatePair/compare';
import { parseXml } from '../../core/formats/xml/parse';
import { decodeText } from '../../core/text/utf8';
import { exitDone, exitFailed, type CliContext, type Verb } from '../context';
import { CliFailure } from '../failure';
import { asLine, findingsOf } from '../lint/report';
import { parseOptions, requireArgument, takeNoMore, UsageError } from '../usage';

/** `gaxpkg apd decode FILE | encode JSON -o FILE | diff XML APD` */
export const apd: Verb = async (context, args) => {
  const [action, ...rest] = args;
  if (action === undefined) throw new UsageError('missingArgument', { argument: 'decode|encode|diff' });
  const run = Object.hasOwn(actions, action) ? actions[action as keyof typeof actions] : undefined;
  if (!run) throw new UsageError('unknownVerb', { verb: `apd ${action}` });
  return await run(context, rest);
};

const decode: Verb = async (context, args) => {
  const { positionals } = parseOptions(args, {});
  takeNoMore(positionals, 1);
  const { template, path, problems } = await readApd(context, requireArgument(positionals, 0, 'FILE'));
  context.terminal.out(JSON.stringify(apdToJson(template), undefined, 2));
  noteProblems(context, path, problems);
  return exitDone;
};

const encode: Verb = async (context, args) => {
  const { values, positionals } = parseOptions(args, { output: { type: 'string', short: 'o' } });
  const path = requireArgument(positionals, 0, 'JSON');
  takeNoMore(positionals, 1);
  if (values.output === undefined) throw new UsageError('missingArgument', { argument: '-o FILE' });
  const read = apdFromJson(parseJson(context, path, decodeText(await readBytes(context, path))));
  if ('wrongAt' in read) {
    const key = read.wrongAt === 'exact' ? 'apdExactDiffers' : 'apdWrongJson';
    throw new CliFailure(context.text(key, { file: path, place: read.wrongAt === '' ? '$' : read.wrongAt }));
  }
  const { bytes, problems } = encodeApd(read.template);
  noteProblems(context, path, problems);
  if (!bytes) return exitFailed;
  try {
    await writeFile(values.output, bytes);
  } catch (error) {
    throw new CliFailure(context.text('fileNotWritten', { file: values.output, reason: reasonOf(error) }));
  }
  return exitDone;
};

/** Exit code 0: nothing differs but blanks at ends, which real pairs differ in; 1: something does. */
const diff: Verb = async (context, args) => {
  const { positionals } = parseOptions(args, {});
  const [xmlPath, apdPath] = [requireArgument(positionals, 0, 'XML'), requireArgument(positionals, 1, 'APD')];
  takeNoMore(positionals, 2);
  const xmlBytes = await readBytes(context, xmlPath);
  const document = parseXml(decodeText(xmlBytes));
  if (firstError(document.problems)) {
    for (const finding of findingsOf({ path: xmlPath, bytes: xmlBytes, format: 'metadataXml', problems: document.problems }, undefined, context.locale)) context.terminal.note(asLine(finding));
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

const actions = { decode, encode, diff };

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

async function readBytes(context: CliContext, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CliFailure(context.text('fileNotRead', { file: path, reason: reasonOf(error) }));
  }
}

function parseJson(context: CliContext, path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new CliFailure(context.text('apdNotJson', { file: path }));
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
