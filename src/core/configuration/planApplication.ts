import type { PackageFacts } from '../deployment/facts';
import type { HostInputs } from '../deployment/hostInputs';
import { nothingSaid, type ApplicationObject } from '../deployment/model';
import { lookUpSilentIni } from '../deployment/silentIni';
import type { PlacedValue } from './applicationValue';
import type { TemplateContent } from './templateContent';

/** What an application object is made from. */
export interface ApplicationSource {
  readonly id: string;
  readonly name: string;
  readonly hostId: string;
  /** Of this host (`inputsForHost`). */
  readonly inputs: HostInputs;
  readonly package: PackageFacts;
  readonly template: TemplateContent;
  readonly defaults: ApplicationDefaults;
}

/** What holds where neither a person nor an existing object says anything (D4). */
export interface ApplicationDefaults {
  /** The tenant's name. */
  readonly tenantObject: string;
  /** Those of the GAX application object. */
  readonly primaryServer: string;
  readonly backupServer: string;
}

/**
 * The application object that a package asks for, before anything that exists or was entered is merged into it. Its command
 * line is known only once the program is installed.
 */
export function planApplication({ id, name, hostId, inputs, package: facts, template, defaults }: ApplicationSource): ApplicationObject {
  return {
    ...nothingSaid,
    id, name, hostId,
    tenantId: inputs.tenantId,
    type: template.applicationType ?? 0,
    version: facts.identity.version,
    workingDirectory: lookUpSilentIni(facts.silentIni, inputs.values)('IPCommon', 'InstallPath') ?? '',
    commandLine: '',
    commandLineArguments: configServerArguments({ inputs, package: facts, name }),
    ...defaults,
    port: template.port ?? '',
    // The vendor's installer enables what it has installed.
    settings: { ...template.settings, state: 'CFGEnabled' },
    options: template.options,
    annex: template.annex ?? {},
    ports: template.ports ?? {},
    state: 'planned',
  };
}

/** What a person entered of the application object of a host, in the order in which the later wins. */
export function enteredValues(inputs: HostInputs): readonly PlacedValue[] {
  const field = (key: string, value: string): PlacedValue => ({ part: 'field', section: '', key, value });
  const parameters = Object.entries(inputs.application ?? {}).flatMap(([key, value]: [string, string]) => (value === '' ? [] : [field(key, value)]));
  const folder = inputs.values.findLast(({ section, key, value }) => section === 'IPCommon' && key === 'InstallPath' && value !== '');
  return [
    ...(folder ? [field('workingDirectory', folder.value)] : []),
    ...parameters,
    ...(inputs.options ?? []).map(({ section, key, value }): PlacedValue => ({ part: 'options', section, key, value })),
    ...(inputs.applicationEdits ?? []).map(({ part, section, key, value }): PlacedValue => ({ part, section, key, value })),
  ];
}

/** The arguments that the vendor's installer writes for a program that reads its options from Configuration Server. */
export function configServerArguments({ inputs, package: facts, name }: Pick<ApplicationSource, 'inputs' | 'package' | 'name'>): string {
  const value = lookUpSilentIni(facts.silentIni, inputs.values);
  const host = value('ConfigServer', 'Host') ?? '';
  const port = value('ConfigServer', 'Port') ?? '';
  return host === '' || port === '' ? '' : `-host ${host} -port ${port} -app "${value('ConfigServer', 'ApplicationName') || name}"`;
}
