import type { IpDescription } from '../ipDescription/parse';
import { findSection, isPlaceholder, readSilentIniValue, type SilentIniDocument } from './parse';
import type { SilentIniCondition, SilentIniKeySchema } from './schema';

/** What is known of the package that a silent.ini belongs to. */
export interface SilentIniContext {
  /** The package's own silent.ini: its keys, live or commented out, are the ones the installer asks for. */
  readonly known?: SilentIniDocument;
  /** `Platforms/@OSGroupName`; decides what an absolute path looks like. */
  readonly osGroup?: string;
  readonly licenseNeeded?: boolean;
  /** The file is the package's own: what is answered when it is deployed may be missing. */
  readonly isTemplate?: boolean;
}

/** What the description beside a package's own silent.ini tells. */
export function contextOfPackage(description: Pick<IpDescription, 'osGroup' | 'licenseNeeded'>): SilentIniContext {
  return { osGroup: description.osGroup, licenseNeeded: description.licenseNeeded, isTemplate: true };
}

/** True while the file (and its package) make a key necessary. */
export function isRequired(schema: SilentIniKeySchema, document: SilentIniDocument, context: SilentIniContext): boolean {
  return schema.requiredWhen?.every((condition) => holds(condition, document, context)) ?? false;
}

function holds(condition: SilentIniCondition, document: SilentIniDocument, context: SilentIniContext): boolean {
  if ('package' in condition) return context.licenseNeeded === true;
  if ('equals' in condition) return readSilentIniValue(document, condition.section, condition.key) === condition.equals;
  if ('differsFrom' in condition) return readSilentIniValue(document, condition.section, condition.key) !== condition.differsFrom;
  return isThere(document, condition.section, condition.key) === (condition.is === 'present');
}

function isThere(document: SilentIniDocument, section: string, key: string | undefined): boolean {
  if (key === undefined) return (findSection(document, section)?.entries.length ?? 0) > 0;
  return hasValue(readSilentIniValue(document, section, key));
}

/** True for a value a person has given: neither absent, nor empty, nor a placeholder. */
export function hasValue(value: string | undefined): boolean {
  return value !== undefined && value !== '' && !isPlaceholder(value);
}
