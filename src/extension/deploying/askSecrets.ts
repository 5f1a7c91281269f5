import type { SilentIniKey, SilentIniValue } from '../../core/deployment/model';
import type { PackageSummary } from '../../core/packages/model';
import type { SilentIniField } from '../../protocol/service';
import type { ExtensionParts } from '../extensionParts';
import { askText } from '../inputs/inputs';
import { askToKeep } from '../questions/askKeeping';
import type { KeptSecret } from '../questions/secretKeeper';
import { printKey } from '../tasks/definition';

/** Asks for the secret values of silent.ini that were not kept. What is left empty stays as the package's own file says. */
export async function askSecrets(parts: ExtensionParts, item: PackageSummary, fields: readonly SilentIniField[], title: string): Promise<readonly SilentIniValue[]> {
  const given: SilentIniValue[] = [];
  for (const field of fields.filter(({ secret }) => secret)) {
    const value = (await parts.secrets.find(keptAs(parts, item, field).id)) ?? (await askSecret(parts, item, field, title));
    if (value !== '') given.push({ section: field.section, key: field.key, value });
  }
  return given;
}

/** Asks for one secret value. Empty: as the package's own file says. */
async function askSecret(parts: ExtensionParts, item: PackageSummary, field: SilentIniField, title: string): Promise<string> {
  const { text, secrets } = parts;
  const value = await askText({
    title: text('valueTitle', { title, section: field.section, key: field.key }),
    prompt: [field.documentation, field.required ? text('secretRequiredPrompt') : text('secretPrompt')].filter((part) => part !== undefined).join(' '),
    password: true,
    validateInput: (input) => (field.required && input === '' ? text('valueRequired') : undefined),
  });
  const kept = keptAs(parts, item, field);
  if (value === '') await secrets.forget(kept.id);
  else await askToKeep(text, secrets, kept, value);
  return value;
}

/** Those secret values of a deployment that were kept; the service asks for the others. */
export async function findKeptSecrets(parts: ExtensionParts, item: Pick<PackageSummary, 'name'>, keys: readonly SilentIniKey[]): Promise<readonly SilentIniValue[]> {
  const found: SilentIniValue[] = [];
  for (const key of keys) {
    const value = await parts.secrets.find(keptAs(parts, item, key).id);
    if (value !== undefined) found.push({ section: key.section, key: key.key, value });
  }
  return found;
}

/** What a secret is kept as: for all versions of a package, since the password of its Configuration Server stays the same. */
export function keptAs({ text }: Pick<ExtensionParts, 'text'>, item: Pick<PackageSummary, 'name'>, field: SilentIniKey): KeptSecret {
  return { id: `silentIni:${item.name}:${printKey(field)}`, label: text('savedSilentIni', { key: printKey(field), package: item.name }) };
}
