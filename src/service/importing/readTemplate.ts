import type { KnownTask } from '../../core/access/privileges';
import { decodeApd } from '../../core/formats/apd/decode';
import { readMetadataXml } from '../../core/formats/metadataXml/read';
import { firstError, lineColumn, type Problem } from '../../core/formats/problem';
import { readTpl, tplForm, type TemplateOption } from '../../core/formats/tpl/read';
import type { InstallationWay, PackageTemplate } from '../../core/packages/model';
import type { PackageNote } from '../../core/packages/notes';
import { decodeText } from '../../core/text/utf8';

/** One template of a package, with all that its import takes out of it. */
export interface TemplateReading {
  readonly template: PackageTemplate;
  /** The privileges that its metadata brings. */
  readonly tasks: readonly KnownTask[];
  /** How its metadata says that the program is installed. */
  readonly installation: readonly InstallationWay[];
  /** The default options of a `.tpl`. */
  readonly options?: readonly TemplateOption[];
  readonly note?: PackageNote;
}

const longestTaskName = 255;
/** Options of one `.tpl` that are kept; the vendor's largest template has some seven hundred. */
const mostOptions = 20_000;
/** Steps of one template that are kept. */
const mostSteps = 100;

/** What a file is by its ending, if it is a template. */
export function templateFormatOf(path: string): PackageTemplate['format'] | undefined {
  return /\.(apd|xml|tpl)$/i.exec(path)?.[1]?.toLowerCase() as PackageTemplate['format'] | undefined;
}

/** Reads a template. One that cannot be read is a template all the same, without what it would have told; of a `.tpl` a note says why. */
export function readTemplate(path: string, format: PackageTemplate['format'], content: Uint8Array): TemplateReading {
  const name = path.slice(path.lastIndexOf('/') + 1, -format.length - 1);
  if (format === 'tpl') return readPluginTemplate(name, path, content);
  if (format === 'apd') return { template: { name, path, format, ...typeOf(decodeApd(content).template) }, tasks: [], installation: [] };
  const { template } = readMetadataXml(decodeText(content));
  return { template: { name, path, format, ...typeOf(template) }, ...told(path, template) };
}

function readPluginTemplate(name: string, path: string, content: Uint8Array): TemplateReading {
  const { template, problems } = readTpl(content);
  const form = tplForm(content);
  // A plug-in's metadata can bring privileges and steps like that of any other program.
  const more = told(path, form === 'xml' ? readMetadataXml(decodeText(content)).template : undefined);
  if (template === undefined) {
    const problem = firstError(problems) ?? problems[0];
    return { template: { name, path, format: 'tpl', notUnderstood: true }, ...more, note: noteOf('templateNotUnderstood', path, problem, form === 'apd' ? undefined : decodeText(content)) };
  }
  const options = template.options.slice(0, mostOptions);
  // XML and APD are checked by rules of their own; in option text a problem is a line that says nothing.
  const [problem] = template.format === 'text' ? problems : [];
  return {
    template: { name, path, format: 'tpl', ...typeOf(template), optionCount: template.options.length },
    ...more, options,
    ...(problem && { note: noteOf('templatePartlyUnderstood', path, problem, decodeText(content)) }),
  };
}

function noteOf(kind: PackageNote['kind'], path: string, problem: Problem | undefined, text: string | undefined): PackageNote {
  return {
    kind, path, problem: problem?.code ?? 'tpl.not-understood', args: problem?.args ?? {},
    ...(text !== undefined && problem !== undefined && { line: lineColumn(text, problem.start).line }),
  };
}

function typeOf(template: { readonly applicationType?: number } | undefined): Pick<PackageTemplate, 'applicationType'> {
  return template?.applicationType === undefined ? {} : { applicationType: template.applicationType };
}

function told(path: string, template: ReturnType<typeof readMetadataXml>['template']): Pick<TemplateReading, 'tasks' | 'installation'> {
  const steps = (template?.installationSteps ?? []).slice(0, mostSteps);
  return {
    tasks: (template?.tasks ?? []).filter(isUsable),
    installation: steps.map(({ name, displayName, type }) => ({ path, name, displayName, type })),
  };
}

/** What a role can hold by its name. */
function isUsable({ name }: KnownTask): boolean {
  return name.length > 0 && name.length <= longestTaskName && !/[\u0000-\u001f]/.test(name);
}
