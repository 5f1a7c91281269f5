import type { ApplicationKey, ApplicationObject, ReplacedValue } from '../deployment/model';
import { mask } from '../text/mask';
import { describeKey, keyText, valuesOf, withValues, type PlacedValue } from './applicationValue';

/** Why a value of an application object will be what it will be. */
export type ApplicationValueReason = 'newVersion' | 'entered' | 'existingKept' | 'added' | 'equal';

/** One value of an application object before and after a deployment. */
export interface ApplicationValue extends ApplicationKey {
  /** As people write its key (`describeKey`): `port`, `log/verbose`, `connections/MessageServer/mode`. */
  readonly name: string;
  readonly existing?: string;
  /** What the package, or what was entered, says. */
  readonly fresh?: string;
  readonly result: string;
  readonly why: ApplicationValueReason;
}

export interface MergedApplication {
  readonly application: ApplicationObject;
  /** Every value of it, with where it comes from. */
  readonly values: readonly ApplicationValue[];
  /** Values that stay although the package has another one. */
  readonly kept: number;
  /** Values that only the package has. */
  readonly added: number;
}

/** They say what is installed, so they are the new package's. */
const ofInstallation = new Map((['version', 'workingDirectory'] as const).map((key) => [keyText({ part: 'field', section: '', key }), key]));

/**
 * Puts what a package brings into an application object: what was entered wins, then what the object says already, and only
 * what nobody says comes from the package. Version and working directory are those of the package. Nothing else is touched.
 * @param existing absent: the object is made
 * @param fromPackage also gives the name, which another name moves the object to
 * @param entered what a person entered; the last of equal keys wins
 */
export function mergeApplication(existing: ApplicationObject | undefined, fromPackage: ApplicationObject, entered: readonly PlacedValue[] = []): MergedApplication {
  const [before, fresh, wanted] = [byKey(existing ? valuesOf(existing) : []), byKey(valuesOf(fromPackage)), byKey(entered)];
  const values: ApplicationValue[] = [];
  for (const [text, { part, section, key }] of new Map([...before, ...fresh, ...wanted])) {
    const value = mergeValue({ existing: before.get(text)?.value, fresh: fresh.get(text)?.value, entered: wanted.get(text)?.value, key: ofInstallation.get(text) });
    if (value) values.push({ part, section, key, name: describeKey({ part, section, key }), ...value });
  }
  const base: ApplicationObject = existing ? { ...existing, name: fromPackage.name, type: existing.type === 0 ? fromPackage.type : existing.type } : fromPackage;
  return {
    application: withValues(base, values.map(({ part, section, key, result }) => ({ part, section, key, value: result }))),
    values: inOrder(values, base),
    kept: values.filter(({ why, fresh: offered }) => why === 'existingKept' && offered !== undefined).length,
    added: values.filter(({ why }) => why === 'added').length,
  };
}

/** What an object said and no longer says: what a way back has to put there again. */
export function replacedValues(before: ApplicationObject, after: ApplicationObject): readonly ReplacedValue[] {
  const now = byKey(valuesOf(after));
  return valuesOf(before).flatMap(({ value, ...key }) => {
    const result = now.get(keyText(key))?.value ?? '';
    return result === value ? [] : [{ ...key, before: value, after: result }];
  });
}

function mergeValue({ existing, fresh, entered, key }: {
  readonly existing: string | undefined; readonly fresh: string | undefined; readonly entered: string | undefined; readonly key: 'version' | 'workingDirectory' | undefined;
}): Pick<ApplicationValue, 'existing' | 'fresh' | 'result' | 'why'> | undefined {
  const offered = entered ?? fresh;
  const said = { ...(existing !== undefined && { existing }), ...(offered !== undefined && { fresh: offered }) };
  // Nobody knows whether two secrets are the same.
  const isEqual = existing === offered && existing !== mask;
  const as = (result: string, why: ApplicationValueReason) => ({ ...said, result, why: isEqual ? 'equal' as const : why });
  if (entered !== undefined) return as(entered, 'entered');
  if (key !== undefined && fresh !== undefined) return as(fresh, existing === undefined && key !== 'version' ? 'added' : 'newVersion');
  if (existing !== undefined) return as(existing, 'existingKept');
  return fresh === undefined ? undefined : as(fresh, 'added');
}

function byKey(values: readonly PlacedValue[]): ReadonlyMap<string, PlacedValue> {
  return new Map(values.map((value) => [keyText(value), value]));
}

/** In the order in which an object says its values, wherever they came from. Fields that end empty are shown last. */
function inOrder(values: readonly ApplicationValue[], base: ApplicationObject): readonly ApplicationValue[] {
  const known = new Map(values.map((value) => [keyText(value), value]));
  // A field that ends empty is written as something, to find its place.
  const order = valuesOf(withValues(base, values.map(({ part, section, key, result }) => ({ part, section, key, value: result === '' ? '-' : result }))));
  return order.flatMap((place) => known.get(keyText(place)) ?? []);
}
