import { apdMessages, apdSeverities } from '../../../src/core/formats/apd/messages';
import { ipDescriptionMessages, ipDescriptionSeverities } from '../../../src/core/formats/ipDescription/messages';
import { ipDescriptionSchema } from '../../../src/core/formats/ipDescription/schema';
import { metadataXmlMessages, metadataXmlSeverities } from '../../../src/core/formats/metadataXml/messages';
import { metadataXmlSchema } from '../../../src/core/formats/metadataXml/schema';
import type { ProblemSeverity } from '../../../src/core/formats/problem';
import { silentIniMessages, silentIniSeverities } from '../../../src/core/formats/silentIni/messages';
import { silentIniKeys, silentIniSections, type SilentIniCondition, type SilentIniKeySchema } from '../../../src/core/formats/silentIni/schema';
import { spdMessages, spdSeverities } from '../../../src/core/formats/spd/messages';
import { spdConstants, spdNamespaces, spdSchema } from '../../../src/core/formats/spd/schema';
import { templatePairMessages, templatePairSeverities } from '../../../src/core/formats/templatePair/messages';
import { tplMessages } from '../../../src/core/formats/tpl/messages';
import { xmlMessages, xmlSeverities } from '../../../src/core/formats/xml/messages';
import { allElementSchemas, type XmlElementSchema, type XmlValueSchema } from '../../../src/core/formats/xml/schema';

const note = '<!-- Made from the tables of the formats by `node scripts/formatDocs.mjs`. Do not edit. -->';

/** Every page of docs/formats, by file name. */
export function formatPages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', page('Formats', overview)],
    ['package.md', page('Package', packageIntroduction)],
    ['silentIni.md', page('genesys_silent.ini', silentIniIntroduction, silentIniTables(), problems(silentIniMessages.en, silentIniSeverities))],
    ['ipDescription.md', page('ip_description.xml', ipDescriptionIntroduction, elements(ipDescriptionSchema), problems(ipDescriptionMessages.en, ipDescriptionSeverities), alsoXml)],
    ['metadataXml.md', page('Metadata template (.xml)', metadataIntroduction, elements(metadataXmlSchema), problems(metadataXmlMessages.en, metadataXmlSeverities), alsoXml)],
    ['spd.md', page('Solution package definition', spdIntroduction, elements(spdSchema), problems(spdMessages.en, spdSeverities), alsoXml)],
    ['apd.md', page('Application template (.apd)', apdIntroduction, problems(apdMessages.en, apdSeverities))],
    ['templatePair.md', page('Metadata and application template of one name', pairIntroduction, problems(templatePairMessages.en, templatePairSeverities))],
    ['tpl.md', page('Plug-in template (.tpl)', tplIntroduction, problems(tplMessages.en, { 'tpl.not-understood': 'warning' }))],
    ['xml.md', page('What holds for every XML format', xmlIntroduction, problems(xmlMessages.en, xmlSeverities))],
  ]);
}

function page(title: string, ...parts: readonly string[]): string {
  return `${[`# ${title}`, note, ...parts].join('\n\n')}\n`;
}

const overview = [
  'What the files of a package hold, as far as it is known, and every problem that is reported about them. Severity says how sure we are: an error makes the',
  'vendor’s programs fail or overlook something, a warning is most probably not meant, a hint is worth a look; what only unpublished tables could decide is never',
  'more than a hint. Codes are stable.\n',
  '| page | files |\n|---|---|',
  '| [Package](package.md) | where these files lie in an archive |',
  '| [genesys_silent.ini](silentIni.md) | answers for a silent installation |',
  '| [ip_description.xml](ipDescription.md) | what a package is |',
  '| [Metadata template](metadataXml.md) | options, privileges and installation steps of an application |',
  '| [Application template](apd.md) | the same options in binary form |',
  '| [Both of one name](templatePair.md) | what must be equal in the two |',
  '| [Plug-in template](tpl.md) | options that a plug-in brings |',
  '| [Solution package definition](spd.md) | a solution: dialogs, then commands |',
  '| [XML](xml.md) | what holds for all formats that are XML |',
].join('\n');

const packageIntroduction = `A \`.tar.gz\` for Linux or a \`.zip\` for Windows, named like \`IP_LCA_8510037b1_ENU_linux.tar.gz\`: nickname, version without dots, build, language, system. At its root, or in
one folder below it, lie two folders; their names are found in any case.

| path | holds |
|---|---|
| \`ip/install.sh\`, \`ip/setup.exe\` | the installer |
| \`ip/ip_description.xml\` | [what the package is](ipDescription.md) |
| \`ip/genesys_silent.ini\` | [answers for a silent installation](silentIni.md), often a template to fill in |
| \`templates/NAME.xml\` | [metadata](metadataXml.md) of an application |
| \`templates/NAME.apd\` | [the same options in binary form](apd.md) |
| \`templates/NAME.tpl\` | [options that a plug-in brings](tpl.md) |

\`gaxpkg lint\` looks at these files of an archive and at nothing else in it. In a package’s own silent.ini it does not ask for values that are given when the
package is deployed.`;

const alsoXml = 'Problems that every XML format shares are on [their own page](xml.md).';

const xmlIntroduction = [
  'Any text is read as far as it makes sense: after a mistake, what follows is understood as the author most probably meant it. No document type is read, and no',
  'entity but the five of XML and numbers. Prefixes do not matter; namespaces are looked at where a format says so.',
].join('\n');

const silentIniIntroduction = [
  'The installer reads this file line by line, and more strictly than most programs read an INI file:\n',
  '- A section line is exactly `[Name]`, from column 1 on, with nothing after it. Capitals count.',
  '- A setting is split at its first `=`. Nothing is trimmed: blanks around the key or the value belong to it.',
  '- A comment begins with `#` or `;` in column 1. Lines without `=` are skipped.',
  '- Of two sections of one name the first is read; an empty section counts as missing.',
].join('\n');

const ipDescriptionIntroduction = 'UTF-8 XML without namespace, in the folder `ip/` of a package. The installer refuses to start without it.';

const metadataIntroduction = [
  'UTF-8 XML beside the `.apd` of the same name. Shipped files have no namespace; those made for editing have `http://genesyslab.com/mf/metadata`. Both are read.',
].join('\n');

const spdIntroduction = [
  `XML in one of two namespaces, \`${spdNamespaces.join('` or `')}\`, each with the sub-namespaces \`os\`, \`cfg\` and \`fileio\`. Elements are found by name, with any prefix.`,
  'Not all elements are public: one that is unknown gets a hint.\n',
  'An expression `${…}` in a value or text is JavaScript. It may use the inputs of its own and earlier dialogs, variables of scripts, results of commands, and the',
  `vendor’s constants: ${spdConstants.map((name) => `\`${name}\``).join(', ')}.`,
].join('\n');

const tplIntroduction = [
  'The form of these files is not public, so they are read by content: an [application template](apd.md), [metadata](metadataXml.md), or text of `[section]` and',
  '`key = value` lines. XML of another kind is only held to be [XML](xml.md).',
].join('\n');

const pairIntroduction = 'A [metadata template](metadataXml.md) and an [application template](apd.md) of the same name in one folder are compared, whatever the order of their options.';

const apdIntroduction = `Binary. A header of 276 bytes with little-endian numbers, then a packed list with big-endian numbers, to the end of the file.

| offset | size | meaning |
|---|---|---|
| 0x000 | 4 | format mark, 0x00010000 |
| 0x004 | 4 | not understood; 0 |
| 0x008 | 128 | template name, filled up with NUL |
| 0x088 | 4 | application type (CfgAppType) |
| 0x08C | 128 | version, filled up with NUL; often shorter than that of the XML |
| 0x10C | 4 | state; 1 |
| 0x110 | 4 | bytes of the list that follows |
| 0x114 | n | the list |

A list: its size in bytes with these two (2 bytes), the number of pairs (2 bytes), the pairs. A pair: type (1 byte), length of the key (2), key, length of the
value (2), value. Type 0 is text, type 3 a list. The pairs of the outer list are sections, those of the inner lists options. Lengths of two bytes hold at most
65,535, so no template can be longer.

Every file that is read without an error is written back byte for byte.`;

function silentIniTables(): string {
  const product: { readonly name: string; readonly documentation: { readonly en: string } } = { name: '*', documentation: { en: 'The section of any product, usually named by its nickname.' } };
  return ['## Sections and keys', ...[...silentIniSections, product].map(({ name, documentation }) => [
    `### ${name === '*' ? 'Any product' : name}`, documentation.en,
    table(['key', 'value', 'needed', 'meaning'], silentIniKeys.filter((key) => key.section === name).map((key) => [`\`${key.key}\``, valueOf(key), neededWhen(key), key.documentation.en])),
  ].join('\n\n'))].join('\n\n');
}

function valueOf({ type, values, open, example }: Pick<SilentIniKeySchema, 'type' | 'values' | 'open' | 'example'>): string {
  if (values) return `${values.map((value) => `\`${value}\``).join(', ')}${open ? ', …' : ''}`;
  return example === '' ? type : `${type}, e.g. \`${example}\``;
}

function neededWhen({ requiredWhen, or, mayBeEmpty }: SilentIniKeySchema): string {
  if (!requiredWhen) return '';
  const when = requiredWhen.map(describeCondition).join(' and ');
  return `${when === '' ? 'always' : `when ${when}`}${or === undefined ? '' : `; or \`${or}\``}${mayBeEmpty ? '; may be empty' : ''}`;
}

function describeCondition(condition: SilentIniCondition): string {
  if ('package' in condition) return 'the package needs a license';
  const key = condition.key === undefined ? `section \`${condition.section}\`` : `\`${condition.section}.${condition.key}\``;
  if ('equals' in condition) return `${key} is \`${condition.equals}\``;
  if ('differsFrom' in condition) return `${key} is not \`${condition.differsFrom}\``;
  return `${key} is ${condition.is === 'present' ? 'there' : 'not there'}`;
}

function elements(root: XmlElementSchema): string {
  const parents = new Map<XmlElementSchema, string[]>();
  const all = allElementSchemas(root);
  for (const parent of all) for (const child of parent.children ?? []) parents.set(child, [...(parents.get(child) ?? []), parent.name]);
  return ['## Elements', ...all.map((schema) => [
    `### ${schema.prefix === undefined ? '' : `${schema.prefix}:`}${schema.name}`,
    [schema.documentation.en, place(schema, parents.get(schema) ?? [])].join(' '),
    ...(schema.attributeOrder ? ['The vendor’s own reader needs the attributes in this order.'] : []),
    ...(schema.text ? [`Text: ${describeValue(schema.text)}.`] : []),
    ...(schema.attributes ? [table(['attribute', 'value', 'presence', 'meaning'], schema.attributes.map((known) => [`\`${known.name}\``, describeValue(known), known.presence, known.documentation.en]))] : []),
  ].join('\n\n'))].join('\n\n');
}

function place(schema: XmlElementSchema, parents: readonly string[]): string {
  const number = `${schema.presence}${schema.repeatable ? ', any number' : ''}`;
  return parents.length === 0 ? 'The root.' : `In ${[...new Set(parents)].map((name) => `\`${name}\``).join(', ')}; ${number}.`;
}

function describeValue({ type, values, open, example }: XmlValueSchema): string {
  if (values) return `${values.map((value) => `\`${value}\``).join(', ')}${open ? ', …' : ''}`;
  return example === '' ? type : `${type}, e.g. \`${example}\``;
}

function problems(messages: Readonly<Record<string, string>>, severities: Readonly<Record<string, ProblemSeverity>>): string {
  return `## Problems\n\n${problemRows(messages, severities)}`;
}

function problemRows(messages: Readonly<Record<string, string>>, severities: Readonly<Record<string, ProblemSeverity>>): string {
  return table(['code', 'severity', 'meaning'], Object.entries(messages).map(([code, message]) => [`\`${code}\``, severities[code] ?? '', message]));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
