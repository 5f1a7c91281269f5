import type { PackageFacts } from '../deployment/facts';
import type { ApplicationObject, DeploymentInputs, SilentIniValue } from '../deployment/model';
import { lookUpSilentIni } from '../deployment/silentIni';
import type { TemplateContent } from './templateOptions';

/** What an application object is made from. */
export interface ApplicationSource {
  readonly id: string;
  readonly name: string;
  readonly hostId: string;
  /** Of this host (`inputsForHost`). */
  readonly inputs: DeploymentInputs;
  readonly package: PackageFacts;
  readonly template: TemplateContent;
}

/**
 * The application object that a package and what was entered ask for, before anything that exists is merged into it. Its
 * command line is known only once the program is installed.
 */
export function planApplication({ id, name, hostId, inputs, package: facts, template }: ApplicationSource): ApplicationObject {
  const { tenantObject = '', port = '', primaryServer = '', backupServer = '' } = inputs.application ?? {};
  return {
    id, name, hostId,
    tenantId: inputs.tenantId,
    type: template.applicationType ?? 0,
    version: facts.identity.version,
    workingDirectory: lookUpSilentIni(facts.silentIni, inputs.values)('IPCommon', 'InstallPath') ?? '',
    commandLine: '',
    commandLineArguments: '',
    tenantObject, port, primaryServer, backupServer,
    options: withEntered(template.options, inputs.options ?? []),
    state: 'planned',
  };
}

function withEntered(options: ApplicationObject['options'], entered: readonly SilentIniValue[]): ApplicationObject['options'] {
  const sections = new Map(Object.entries(options));
  for (const { section, key, value } of entered) {
    sections.set(section, Object.fromEntries([...Object.entries(sections.get(section) ?? {}).filter(([option]) => option !== key), [key, value]]));
  }
  return Object.fromEntries(sections);
}

/** The arguments that the vendor's installer writes for a program that reads its options from Configuration Server. */
export function configServerArguments({ inputs, package: facts, name }: Pick<ApplicationSource, 'inputs' | 'package' | 'name'>): string {
  const value = lookUpSilentIni(facts.silentIni, inputs.values);
  const host = value('ConfigServer', 'Host') ?? '';
  const port = value('ConfigServer', 'Port') ?? '';
  return host === '' || port === '' ? '' : `-host ${host} -port ${port} -app "${value('ConfigServer', 'ApplicationName') || name}"`;
}
