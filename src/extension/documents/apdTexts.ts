import * as v from 'valibot';
import * as vscode from 'vscode';
import { describeError, ProductError } from '../../core/errors';
import { encodeApdText, printApdText } from '../../core/formats/apd/text';
import { isApdList, type ApdList, type ApdTemplate } from '../../core/formats/apd/model';
import { describeProblem } from '../../core/formats/describeProblem';
import { lineColumn } from '../../core/formats/problem';
import { templateOfMetadata } from '../../core/formats/templatePair/convert';
import { parseXml } from '../../core/formats/xml/parse';
import { hexDump, placeInHexDump } from '../../core/text/hexDump';
import type { Locale } from '../../core/text/messages';
import { decodeText, decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { nameOf, readWholeApd, watchFiles, withEnding } from './templateFiles';

export const apdTextScheme = 'gaxpackages-apd';

/** `text`: the template, to be edited. `xml`: the defaults of the XML beside it in the same form. `bytes`: as it is. */
type Form = 'text' | 'xml' | 'bytes';
const endings: Readonly<Record<Form, string>> = { text: '.json', xml: '.xml.json', bytes: '.hex.txt' };
/** `xml`: of form `xml`, the file where it is not the one beside the APD. */
const query = v.object({ file: v.string(), form: v.picklist(['text', 'xml', 'bytes']), xml: v.optional(v.string()) });

/** APD files as text documents: editable ones that are saved back as APD, and read-only ones. */
export interface ApdTexts {
  /** Opens an APD as text. @throws editor/apd-unreadable */
  open(apd: vscode.Uri): Promise<void>;
  /** Opens a comparison with an XML. @throws editor/apd-unreadable, editor/template-not-there, editor/template-not-made */
  compare(apd: vscode.Uri, title: string, xml: vscode.Uri): Promise<void>;
  /** The address of an APD's text form. */
  textUri(apd: vscode.Uri): vscode.Uri;
  /** Opens the bytes of a file. @param offset the byte to go to */
  openBytes(apd: vscode.Uri, offset: number): Promise<void>;
  dispose(): void;
}

export function createApdTexts(locale: Locale): ApdTexts {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const problems = vscode.languages.createDiagnosticCollection('gaxPackages.apdText');

  const contentOf = async (uri: vscode.Uri): Promise<Uint8Array> => {
    const { file, form, xml } = readUri(uri);
    switch (form) {
      case 'text': return encodeUtf8(printApdText(await readWholeApd(file)));
      case 'xml': return encodeUtf8(await xmlAsText(file, xml));
      case 'bytes': return encodeUtf8(hexDump(await vscode.workspace.fs.readFile(file)));
    }
  };
  /** Errors in the reader's words: the editor shows them as they are. */
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof vscode.FileSystemError) throw error;
      throw vscode.FileSystemError.Unavailable(describeError(locale, error));
    }
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };

  const check = (document: vscode.TextDocument): void => {
    if (document.uri.scheme !== apdTextScheme || readUri(document.uri).form !== 'text') return;
    problems.set(document.uri, encodeApdText(document.getText()).problems.map((problem) => {
      const range = new vscode.Range(document.positionAt(problem.start), document.positionAt(problem.end));
      const diagnostic = new vscode.Diagnostic(range, describeProblem(locale, problem), vscode.DiagnosticSeverity.Error);
      return Object.assign(diagnostic, { code: problem.code, source: 'gaxpkg' });
    }));
  };

  const registrations = [
    vscode.workspace.registerFileSystemProvider(apdTextScheme, {
      onDidChangeFile: changed.event,
      stat: (uri) => told((async () => {
        const { file, form, xml } = readUri(uri);
        const { ctime, mtime, permissions } = await vscode.workspace.fs.stat(file);
        // The editor reads a document anew when its time or size has changed.
        const changedAt = form === 'xml' ? Math.max(mtime, (await vscode.workspace.fs.stat(xml)).mtime) : mtime;
        const isReadonly = form !== 'text' || permissions === vscode.FilePermission.Readonly || vscode.workspace.fs.isWritableFileSystem(file.scheme) === false;
        return { type: vscode.FileType.File, ctime, mtime: changedAt, size: (await contentOf(uri)).byteLength, ...(isReadonly && { permissions: vscode.FilePermission.Readonly }) };
      })()),
      readFile: (uri) => told(contentOf(uri)),
      writeFile: (uri, content) => told((async () => {
        const { file, form } = readUri(uri);
        if (form !== 'text') refuse(uri);
        await vscode.workspace.fs.writeFile(file, apdOf(content, nameOf(file)));
      })()),
      watch: (uri) => {
        const { file, xml } = readUri(uri);
        return watchFiles([file, xml], () => changed.fire([{ type: vscode.FileChangeType.Changed, uri }]));
      },
      readDirectory: refuse, createDirectory: refuse, delete: refuse, rename: refuse,
    }, { isCaseSensitive: true }),
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => problems.delete(uri)),
  ];
  vscode.workspace.textDocuments.forEach(check);

  return {
    open: async (apd) => {
      await readWholeApd(apd);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(makeUri(apd, 'text')), { preview: false });
    },
    compare: async (apd, title, xml) => {
      // Said here: the comparison itself would only say that it cannot be opened.
      await xmlAsText(apd, xml);
      await vscode.commands.executeCommand('vscode.diff', makeUri(apd, 'xml', xml), makeUri(apd, 'text'), title);
    },
    textUri: (apd) => makeUri(apd, 'text'),
    openBytes: async (apd, offset) => {
      const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(makeUri(apd, 'bytes')), { preview: true });
      const { line, character } = placeInHexDump(offset);
      const place = editor.document.validateRange(new vscode.Range(line, character, line, character + 2));
      editor.selection = new vscode.Selection(place.start, place.end);
      editor.revealRange(place, vscode.TextEditorRevealType.InCenter);
    },
    dispose: () => {
      for (const registration of registrations) registration.dispose();
      problems.dispose();
      changed.dispose();
    },
  };
}

function makeUri(file: vscode.Uri, form: Form, xml?: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({ scheme: apdTextScheme, path: `${file.path}${endings[form]}`, query: JSON.stringify({ file: file.toString(), form, ...(xml && { xml: xml.toString() }) }) });
}

function readUri(uri: vscode.Uri): { readonly file: vscode.Uri; readonly form: Form; readonly xml: vscode.Uri } {
  let given: unknown;
  try {
    given = JSON.parse(uri.query);
  } catch {
    throw vscode.FileSystemError.FileNotFound(uri);
  }
  const parsed = v.safeParse(query, given);
  if (!parsed.success) throw vscode.FileSystemError.FileNotFound(uri);
  const file = vscode.Uri.parse(parsed.output.file, true);
  // An address of another form could lead back here without end.
  const xml = parsed.output.xml === undefined ? withEnding(file, '.xml') : vscode.Uri.parse(parsed.output.xml, true);
  if (file.scheme === apdTextScheme || xml.scheme === apdTextScheme) throw vscode.FileSystemError.FileNotFound(uri);
  return { file, form: parsed.output.form, xml };
}

/** The file that a text stands for. @throws editor/apd-not-saved with the place that keeps it from being one */
function apdOf(content: Uint8Array, file: string): Uint8Array {
  const text = decodeUtf8(content) ?? '';
  const { bytes, problems } = encodeApdText(text);
  if (bytes !== undefined) return bytes;
  const [first] = problems;
  const { line, column } = lineColumn(text, first?.start ?? 0);
  throw new ProductError('editor/apd-not-saved', { ...first?.args, file, line, column, problem: first?.code ?? 'apd.text-not-json' });
}

/** What an XML says, in the order of the APD: then only what differs differs. */
async function xmlAsText(apd: vscode.Uri, xml: vscode.Uri): Promise<string> {
  const template = await readWholeApd(apd);
  let bytes;
  try {
    bytes = await vscode.workspace.fs.readFile(xml);
  } catch (error) {
    throw new ProductError('editor/template-not-there', { file: nameOf(xml), other: nameOf(apd) }, { cause: error });
  }
  const document = parseXml(decodeText(bytes));
  const conversion = templateOfMetadata(document, template.name.value.text);
  if ('problem' in conversion) {
    const { problem } = conversion;
    throw new ProductError('editor/template-not-made', { ...problem.args, file: nameOf(xml), target: nameOf(apd), ...lineColumn(document.text, problem.start), problem: problem.code });
  }
  return printApdText({ ...conversion.made, state: template.state, sections: inOrderOf(conversion.made.sections, template) });
}

function inOrderOf(list: ApdList, { sections }: Pick<ApdTemplate, 'sections'>): ApdList {
  const places = new Map(sections.pairs.map(({ key }, index) => [key.text, index]));
  const inOrder = list.pairs.toSorted((a, b) => (places.get(a.key.text) ?? Infinity) - (places.get(b.key.text) ?? Infinity) || 0);
  return {
    pairs: inOrder.map((pair) => {
      const other = sections.pairs[places.get(pair.key.text) ?? -1];
      return isApdList(pair.value) && other && isApdList(other.value) ? { ...pair, value: inOrderOf(pair.value, { sections: other.value }) } : pair;
    }),
  };
}
