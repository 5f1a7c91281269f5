import type { PackageTemplate } from '../../../core/packages/model';
import type { RecognizedContent } from '../recognizeContent';
import type { TemplateReading } from '../readTemplate';

/** A package with templates that lie beside it; those that it holds itself are not there twice. */
export function withTemplates(recognized: RecognizedContent, beside: readonly TemplateReading[]): RecognizedContent {
  const key = ({ name, format }: PackageTemplate): string => `${name.toLowerCase()}.${format}`;
  const own = new Set(recognized.templates.map(key));
  const added = beside.filter(({ template }) => !own.has(key(template)));
  if (added.length === 0) return recognized;
  const templates = [...recognized.templates, ...added.map(({ template }) => template)];
  const tasks = new Map([...recognized.tasks ?? [], ...added.flatMap((one) => one.tasks)].map((task) => [task.name, task]));
  const installation = [...recognized.installation ?? [], ...added.flatMap((one) => one.installation)];
  const options = added.flatMap(({ template: { path }, options: of }) => (of === undefined ? [] : [{ path, options: of }]));
  const templateOptions = [...recognized.templateOptions ?? [], ...options];
  const notes = [...recognized.notes ?? [], ...added.flatMap(({ note }) => note ?? [])];
  return {
    ...recognized, templates, tasks: [...tasks.values()],
    kind: templates.some(({ format }) => format === 'tpl') ? 'plug-in' : recognized.kind,
    ...(installation.length > 0 && { installation }),
    ...(templateOptions.length > 0 && { templateOptions }),
    ...(notes.length > 0 && { notes }),
  };
}
