import { decodeApd } from '../formats/apd/decode';
import { apdOptions } from '../formats/apd/model';
import { readMetadataXml } from '../formats/metadataXml/read';
import { readTpl } from '../formats/tpl/read';
import type { PackageTemplate } from '../packages/model';
import { decodeText } from '../text/utf8';
import type { ApplicationObject } from '../deployment/model';

/** What a template gives to an application that is made from it. */
export interface TemplateContent {
  /** CfgAppType number, where the template tells. */
  readonly applicationType?: number;
  readonly options: ApplicationObject['options'];
}

/** Reads a template of any format. Never throws: what cannot be understood gives no options. */
export function readTemplateOptions(format: PackageTemplate['format'], bytes: Uint8Array): TemplateContent {
  switch (format) {
    case 'apd': {
      const { template } = decodeApd(bytes);
      return template ? { applicationType: template.applicationType, options: gather(apdOptions(template).map(({ section, option, value }) => [section, option, value])) } : { options: {} };
    }
    case 'xml': {
      const { template } = readMetadataXml(decodeText(bytes));
      return template ? withType(template.applicationType, template.options.map(({ section, name, defaultValue }) => [section, name, defaultValue])) : { options: {} };
    }
    case 'tpl': {
      const { template } = readTpl(bytes);
      return template ? withType(template.applicationType, template.options.map(({ section, option, defaultValue }) => [section, option, defaultValue])) : { options: {} };
    }
  }
}

type OptionTriple = readonly [section: string, option: string, value: string];

function withType(applicationType: number | undefined, options: readonly OptionTriple[]): TemplateContent {
  return { ...(applicationType !== undefined && { applicationType }), options: gather(options) };
}

function gather(options: readonly OptionTriple[]): ApplicationObject['options'] {
  const sections = new Map<string, Map<string, string>>();
  for (const [section, option, value] of options) sections.set(section, (sections.get(section) ?? new Map<string, string>()).set(option, value));
  return Object.fromEntries([...sections].map(([section, values]) => [section, Object.fromEntries(values)]));
}
