/** The formats this product knows. */
export type FormatId = 'silentIni' | 'ipDescription' | 'metadataXml' | 'spd' | 'apd' | 'tpl';

const byRoot: Readonly<Record<string, FormatId>> = { InstallationPackage: 'ipDescription', metaData: 'metadataXml', solutionDefinition: 'spd' };

/**
 * Tells the format of a file by its name, and where many formats share an ending, by its beginning. `undefined` for
 * everything else: most `.xml` and `.ini` files are none of ours.
 */
export function recognizeFormat(path: string, beginning: string): FormatId | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (name.endsWith('genesys_silent.ini')) return 'silentIni';
  if (name.endsWith('ip_description.xml')) return 'ipDescription';
  if (name.endsWith('.ini')) return /^\[IPCommon\]\s*$/m.test(beginning) ? 'silentIni' : undefined;
  if (name.endsWith('.apd')) return 'apd';
  if (name.endsWith('.tpl')) return 'tpl';
  if (name.endsWith('.spd')) return 'spd';
  return name.endsWith('.xml') ? byRoot[rootName(beginning) ?? ''] : undefined;
}

/** The root's name without prefix; what may stand before a root is passed over. */
function rootName(text: string): string | undefined {
  const before = /(?:\ufeff|\s+|<!--[^]*?-->|<\?[^]*?\?>|<!DOCTYPE[^>]*>)+/y;
  before.lastIndex = 0;
  const position = before.test(text) ? before.lastIndex : 0;
  const tag = /<(?:[\w.-]+:)?([\w.-]+)/y;
  tag.lastIndex = position;
  return tag.exec(text)?.[1];
}
