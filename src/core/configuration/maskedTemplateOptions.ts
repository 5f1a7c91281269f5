import type { TemplateOptions } from '../packages/model';
import { keptValue } from './maskedApplication';

/** The default options of a plug-in as they may be stored: the default of a secret one is in the package alone. */
export function maskTemplateOptions({ path, options }: TemplateOptions): TemplateOptions {
  return { path, options: options.map((one) => ({ ...one, defaultValue: keptValue({ section: one.section, key: one.option, value: one.defaultValue }) })) };
}
