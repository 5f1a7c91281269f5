import { readMetadataXml, type InstallationParameter, type MetadataParameter, type MetadataTemplate } from '../formats/metadataXml/read';
import { isPlaceholder, parseSilentIni } from '../formats/silentIni/parse';
import { findKeySchema } from '../formats/silentIni/schema';
import { isSecretKey } from '../formats/silentIni/secrets';
import { findLines, type TextLines } from '../formats/textLines';
import { asPlainText } from '../text/plainText';
import type { SilentIniKey } from './model';

/** Something the package itself asks. Texts are the package's own, in whatever language, without markup. */
export interface PackageQuestion extends SilentIniKey {
  readonly id: string;
  /** Where the answer goes: a value of silent.ini, or an option of the application object (`section`, `key`). */
  readonly target: 'silentIni' | 'option';
  readonly title: string;
  readonly description?: string;
  readonly kind: 'text' | 'number' | 'choice' | 'password';
  /** For `choice`. */
  readonly choices?: readonly string[];
  /** What the package offers; empty when it offers nothing. */
  readonly value: string;
  readonly required: boolean;
  /** Path inside the package, and the line that asks. */
  readonly file: string;
  readonly line: number;
}

export interface PackageQuestions {
  readonly questions: readonly PackageQuestion[];
  /** What the package says below `installation/step`, or asks, and nobody can tell what it means: the line as it stands. */
  readonly notUnderstood: readonly { readonly file: string; readonly line: number; readonly text: string }[];
}

export interface QuestionSources {
  readonly nickname: string;
  readonly silentIni: { readonly file: string; readonly text: string };
  /** Metadata templates of the package. */
  readonly metadata: readonly { readonly file: string; readonly text: string }[];
}

/** Parameters of `configuration` outside of its options that a deployment fills in by itself. */
const filledIn: ReadonlySet<string> = new Set([
  'name', 'host', 'workDirectory', 'commandLine', 'commandArgs', 'startupTimeout', 'shutdownTimeout', 'autoRestart',
  'connPort', 'connId', 'connProtocol', 'transportParam', 'appParam',
]);
const knownTypes: ReadonlySet<string> = new Set(['', 'boolean', 'numeric', 'string', 'chooseOne', 'chooseMultiple']);
const longestText = 1000;
const longestLine = 200;
/** Nobody answers more; a hostile package must not fill the page. */
const mostQuestions = 500;

/**
 * What a package asks before it is deployed. The vendor's syntax is not public: asked are metadata parameters that are
 * mandatory and have no value, every parameter below `installation/step`, and keys of silent.ini whose value only says what
 * to put there. Never throws.
 */
export function readQuestions(sources: QuestionSources): PackageQuestions {
  const questions = new Map<string, PackageQuestion>();
  const notUnderstood = new Map<string, PackageQuestions['notUnderstood'][number]>();
  for (const source of sources.metadata) {
    const asked = askedByMetadata(source, sources.nickname);
    for (const question of asked.questions) if (!questions.has(question.id)) questions.set(question.id, question);
    for (const line of asked.notUnderstood) notUnderstood.set(JSON.stringify([line.file, line.line]), line);
  }
  for (const question of askedBySilentIni(sources.silentIni)) if (!questions.has(question.id)) questions.set(question.id, question);
  return { questions: [...questions.values()].slice(0, mostQuestions), notUnderstood: [...notUnderstood.values()].slice(0, mostQuestions) };
}

function askedByMetadata({ file, text }: QuestionSources['metadata'][number], nickname: string): PackageQuestions {
  const { template, problems } = readMetadataXml(text);
  const lines = findLines(text);
  const here = (offset: number) => ({ file, line: lines.lineColumn(offset).line });
  const asItStands = (offset: number) => ({ ...here(offset), text: lineAt(text, lines, offset) });
  const broken = problems.filter(({ severity }) => severity === 'error').map(({ start }) => asItStands(start));
  if (!template) return { questions: [], notUnderstood: broken };

  const questions: PackageQuestion[] = [];
  const notUnderstood = [...broken, ...template.installationSteps.flatMap((step) => step.notUnderstood.map(asItStands))];
  const ask = (target: PackageQuestion['target'], section: string, parameter: MetadataParameter): void => {
    const secret = isSecretKey(section, parameter.name);
    // The application object is no place for a secret that is to be kept secret.
    if (parameter.name === '' || section === '' || (secret && target === 'option')) notUnderstood.push(asItStands(parameter.start));
    else questions.push(makeQuestion(target, section, parameter, secret, here(parameter.start)));
    if (!knownTypes.has(parameter.type)) notUnderstood.push(asItStands(parameter.start));
  };
  for (const parameter of installationParameters(template)) ask('silentIni', parameter.section || nickname, parameter);
  for (const option of template.options) if (isOpen(option)) ask('option', option.section, option);

  const known = new Set([...installationParameters(template), ...template.options].map(({ start }) => start));
  for (const parameter of template.unanswered) {
    if (!known.has(parameter.start) && !filledIn.has(parameter.name)) notUnderstood.push(asItStands(parameter.start));
  }
  return { questions, notUnderstood };
}

function installationParameters(template: MetadataTemplate): readonly InstallationParameter[] {
  return template.installationSteps.flatMap((step) => step.parameters);
}

function isOpen({ mandatory, defaultValue, value }: MetadataParameter): boolean {
  return mandatory && defaultValue === '' && value === '';
}

function makeQuestion(target: PackageQuestion['target'], section: string, parameter: MetadataParameter, secret: boolean, where: { file: string; line: number }): PackageQuestion {
  const choices = parameter.type === 'boolean' ? ['true', 'false'] : parameter.type === 'chooseOne' ? parameter.choices : [];
  const description = readable(parameter.description);
  return {
    id: JSON.stringify([target, section, parameter.name]), target, section, key: parameter.name,
    title: readable(parameter.displayName) || parameter.name,
    ...(description !== '' && { description }),
    kind: secret ? 'password' : parameter.type === 'numeric' ? 'number' : choices.length > 0 ? 'choice' : 'text',
    ...(!secret && choices.length > 0 && { choices }),
    value: secret ? '' : parameter.value || parameter.defaultValue,
    required: parameter.mandatory,
    ...where,
  };
}

function askedBySilentIni({ file, text }: QuestionSources['silentIni']): PackageQuestion[] {
  const lines = findLines(text);
  return parseSilentIni(text).sections.flatMap(({ header, entries }) => entries.flatMap((entry): PackageQuestion[] => {
    const [section, key] = [header.name, entry.key];
    if (section === '' || key.trim() !== key || key === '' || !isPlaceholder(entry.value)) return [];
    const schema = findKeySchema(section, key);
    const secret = isSecretKey(section, key);
    const choices = schema?.values && !schema.open ? schema.values : [];
    const description = readable(entry.value.trim().slice(1, -1));
    return [{
      id: JSON.stringify(['silentIni', section, key]), target: 'silentIni', section, key, title: key,
      ...(description !== '' && { description }),
      kind: secret ? 'password' : choices.length > 0 ? 'choice' : 'text',
      ...(!secret && choices.length > 0 && { choices }),
      value: '', required: schema?.mayBeEmpty !== true, file, line: lines.lineColumn(entry.start).line,
    }];
  }));
}

/** Descriptions hold HTML; what a person reads are its words. */
function readable(text: string): string {
  return asPlainText(text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).trim().slice(0, longestText);
}

function lineAt(text: string, lines: TextLines, offset: number): string {
  const start = lines.startOfLine(offset);
  const rest = text.slice(start, start + 4 * longestLine);
  return asPlainText(rest.split(/[\r\n]/, 1)[0] ?? '').trim().slice(0, longestLine);
}
