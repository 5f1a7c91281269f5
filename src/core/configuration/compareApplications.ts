import type { ApplicationObject, SilentIniKey } from '../deployment/model';
import { mergeApplication } from './mergeApplication';

/** Why a value of an application object will be what it will be. */
export type ApplicationValueReason = 'newVersion' | 'entered' | 'existingKept' | 'added' | 'equal';

/** One value of an application object before and after a deployment. */
export interface ApplicationValue {
  /** A field of `ApplicationObject`, or `section/option`. */
  readonly name: string;
  readonly existing?: string;
  /** What the package, or what was entered, says. */
  readonly fresh?: string;
  readonly result: string;
  readonly why: ApplicationValueReason;
}

/** Fields that are shown, in this order. */
const fields = ['version', 'workingDirectory', 'commandLine', 'commandLineArguments', 'tenantObject', 'port', 'primaryServer', 'backupServer'] as const;
/** Fields that only a person fills in: what they say in a planned object was entered. */
const enteredFields: readonly string[] = ['tenantObject', 'port', 'primaryServer', 'backupServer'];

/**
 * What becomes of an application object, value by value, as `mergeApplication` will do it. Values that are empty before and
 * after are left out.
 * @param existing absent: the object is made
 * @param options.workingDirectoryEntered a person chose the installation folder; else it is the package's
 */
export function compareApplications(
  existing: ApplicationObject | undefined, planned: ApplicationObject,
  options: { readonly workingDirectoryEntered: boolean; readonly enteredOptions?: readonly SilentIniKey[] | undefined },
): readonly ApplicationValue[] {
  const { enteredOptions = [] } = options;
  const result = existing ? mergeApplication(existing, planned, enteredOptions).application : planned;
  const entered = new Set<string>(options.workingDirectoryEntered ? [...enteredFields, 'workingDirectory'] : enteredFields);
  const values: ApplicationValue[] = [];
  for (const name of fields) {
    const value = compare(name, existing?.[name] ?? '', planned[name], result[name], entered.has(name));
    if (value) values.push(value);
  }
  for (const [section, ofSection] of Object.entries(result.options)) {
    for (const [option, value] of Object.entries(ofSection)) {
      const before = optionOf(existing, section, option);
      const fresh = optionOf(planned, section, option);
      values.push({
        name: `${section}/${option}`,
        ...(before !== undefined && { existing: before }),
        ...(fresh !== undefined && { fresh }),
        result: value,
        why: before !== undefined && before === fresh ? 'equal'
          : enteredOptions.some((entry) => entry.section === section && entry.key === option) ? 'entered'
          : before === undefined ? 'added' : 'existingKept',
      });
    }
  }
  return values;
}

function compare(name: string, existing: string, fresh: string, result: string, entered: boolean): ApplicationValue | undefined {
  if (existing === '' && result === '') return undefined;
  const why = (): ApplicationValueReason => {
    if (existing === fresh) return 'equal';
    if (result !== existing) return entered ? 'entered' : existing === '' && name !== 'version' ? 'added' : 'newVersion';
    return 'existingKept';
  };
  return { name, ...(existing !== '' && { existing }), ...(fresh !== '' && { fresh }), result, why: why() };
}

function optionOf(application: ApplicationObject | undefined, section: string, option: string): string | undefined {
  const values = application && Object.hasOwn(application.options, section) ? application.options[section] : undefined;
  return values && Object.hasOwn(values, option) ? values[option] : undefined;
}
