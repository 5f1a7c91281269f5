import { isProductError } from '../errors';
import { setSilentIniValues } from '../formats/silentIni/edit';
import { parseSilentIni, printSilentIni, type SilentIniDocument } from '../formats/silentIni/parse';
import { maskSecrets } from '../formats/silentIni/secrets';
import { mask } from '../text/mask';
import { applicationNameOf, chosenHosts, draftInputs, valuesFor, type DeployDraft, type DeployHost, type DraftContext } from './draft';
import type { SilentIniKey, SilentIniValue } from './model';
import { gaxDirectoryKey } from './plugIn';
import { gaxDirectoryOn } from './plugInDraft';
import { valuesForHost } from './silentIni';

/** Sets what can be written: a value that cannot is told beside its field, and the rest of the file is shown all the same. */
export function setWritable(document: SilentIniDocument, values: readonly SilentIniValue[]): SilentIniDocument {
  return values.reduce((written, value) => {
    try {
      return setSilentIniValues(written, [value]);
    } catch (error) {
      if (!isProductError(error, 'format/silent-ini-value')) throw error;
      return written;
    }
  }, document);
}

/** silent.ini as it will be written for a host (the first chosen one where none is named), every secret masked. */
export function previewFile(draft: DeployDraft, context: DraftContext, hostId?: string): string {
  const { silentIni } = context.package;
  const hosts = chosenHosts(draft, context);
  const host = hosts.find(({ id }) => id === hostId) ?? hosts[0];
  const values = [...valuesFor(draft, context, hostId), ...(host === undefined ? [] : gaxDirectoryValue(draft, context, host))];
  const named = host === undefined ? values : valuesForHost(silentIni, values, applicationNameOf(draft, context.package, host));
  const masked = context.savedSecrets.map((key): SilentIniValue => ({ ...key, value: mask }));
  return maskSecrets(printSilentIni(setWritable(parseSilentIni(silentIni), [...named, ...masked])));
}

/** Where GAX is may differ on each host: it is said as the host has it, like the name of the application. */
function gaxDirectoryValue(draft: DeployDraft, context: DraftContext, host: DeployHost): readonly SilentIniValue[] {
  const key = context.package.kind === 'plug-in' ? gaxDirectoryKey(context.package) : undefined;
  return key === undefined ? [] : [{ ...key, value: gaxDirectoryOn(draftInputs(draft, context), context, host) ?? '' }];
}

/** The key that stands in each line of a silent.ini; undefined where none does. */
export function keysOfLines(text: string): readonly (SilentIniKey | undefined)[] {
  let section = '';
  return parseSilentIni(text).lines.map((line) => {
    if (line.kind === 'section') section = line.name;
    return line.kind === 'entry' ? { section, key: line.key } : undefined;
  });
}
