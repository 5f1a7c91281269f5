import { encodeApd } from '../../../src/core/formats/apd/encode';
import { knownMark, type ApdText } from '../../../src/core/formats/apd/model';

/** Options of a sample template: section → option → default. */
export type SampleOptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface SampleTemplate {
  /** Base name of both files. */
  readonly name: string;
  /** CfgAppType number. */
  readonly applicationType: number;
  readonly version: string;
  readonly options: SampleOptions;
  /** Privileges that roles get with the template: name → shown name. */
  readonly tasks?: Readonly<Record<string, string>>;
}

export const commonOptions: SampleOptions = {
  log: { verbose: 'standard', segment: '10000', expire: '20', standard: 'stdout', all: 'stdout' },
  'log-extended': { 'level-reassign-disable': 'false' },
};

const text = (value: string): ApdText => ({ text: value, encoding: 'utf8' });

/** The binary template. */
export function writeApd(template: SampleTemplate): Uint8Array {
  const pairs = Object.entries(template.options).map(([section, options]) => ({
    key: text(section), start: 0, end: 0,
    value: { pairs: Object.entries(options).map(([option, value]) => ({ key: text(option), value: text(value), start: 0, end: 0 })) },
  }));
  const { bytes, problems } = encodeApd({
    mark: knownMark, reserved: 0, name: { value: text(template.name) }, applicationType: template.applicationType,
    version: { value: text(template.version.split('.').slice(0, 3).join('.')) }, state: 1, sections: { pairs },
  });
  if (!bytes) throw new Error(`sample template ${template.name}: ${problems[0]?.code ?? 'not encoded'}`);
  return bytes;
}

/** The metadata template of the same options. */
export function writeMetadataXml(template: SampleTemplate): string {
  const sections = Object.entries(template.options).flatMap(([section, options]) => [
    `        <section name="${escapeXml(section)}">`,
    ...Object.entries(options).flatMap(([option, value]) => [
      `          <parameter name="${escapeXml(option)}" displayName="${escapeXml(option)}">`,
      `            <description><![CDATA[Sample option <tt>${option}</tt>.]]></description>`,
      `            <format type="${formatOf(value)}" default="${escapeXml(value)}"/>`,
      '          </parameter>',
    ]),
    '        </section>',
  ]);
  return [
    '<!-- Sample metadata -->',
    '<metaData>',
    `  <cfgApplication type="${template.applicationType}" version="${template.version}" templateVersion="${template.version}">`,
    '    <description>Sample application</description>',
    '    <configuration>',
    ...coreLines(template.name),
    '      <userProperties/>',
    '      <options>',
    ...sections,
    '      </options>',
    ...taskLines(template.tasks),
    '    </configuration>',
    '    <installation>',
    '      <step name="silentInstallation" displayName="Silent installation" type="GenesysSilent"/>',
    '    </installation>',
    '  </cfgApplication>',
    '</metaData>',
    '',
  ].join('\n');
}

function formatOf(value: string): string {
  if (value === 'true' || value === 'false') return 'boolean';
  return /^\d+$/.test(value) ? 'numeric' : 'string';
}

/** What every application has: its name, how it starts and stops, one port. */
function coreLines(name: string): string[] {
  const parameter = (key: string, format: string) => `<parameter name="${key}"><format ${format}/></parameter>`;
  return [
    '      <core>',
    `        ${parameter('name', `type="string" default="${escapeXml(name)}"`)}`,
    '        <startInfo>',
    ...['workDirectory', 'commandLine', 'commandArgs'].map((key) => `          ${parameter(key, 'type="string" default=""')}`),
    ...['startupTimeout', 'shutdownTimeout'].map((key) => `          ${parameter(key, 'type="numeric" default="90" measure="s"')}`),
    `          ${parameter('autoRestart', 'type="boolean" default="true"')}`,
    '        </startInfo>',
    '        <portInfos>',
    `          <port>${parameter('connPort', 'type="numeric" default=""')}${parameter('connId', 'type="string" default="default"')}</port>`,
    '        </portInfos>',
    '        <connections/>',
    '      </core>',
  ];
}

function taskLines(tasks: SampleTemplate['tasks']): string[] {
  if (tasks === undefined) return [];
  return [
    '      <tasks displayName="Privileges">',
    '        <group name="use" displayName="Use">',
    ...Object.entries(tasks).map(([name, shown]) => `          <task name="${escapeXml(name)}" displayName="${escapeXml(shown)}"/>`),
    '        </group>',
    '      </tasks>',
  ];
}

export function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
