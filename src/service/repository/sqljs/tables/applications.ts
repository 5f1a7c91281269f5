import { maskApplication, maskReplaced } from '../../../../core/configuration/maskedApplication';
import { ProductError } from '../../../../core/errors';
import { applicationTables, type ApplicationObject, type DeployedPackage, type FilesToCopy, type Installation, type ValueTable } from '../../../../core/deployment/model';
import { summarizeVerification, type Verification } from '../../../../core/deployment/verification';
import type { Repository } from '../../repository';
import type { Reader, Row } from '../catalogue';
import { json, number, optionalText, text } from '../rows';
import type { Transaction } from '../store';
import { requireHost } from './hosts';
import type { RepositoryParts } from './parts';

type ApplicationMethods =
  | 'listApplications' | 'findApplication' | 'getApplication' | 'saveApplication' | 'removeApplication'
  | 'listDeployedPackages' | 'getDeployedPackage' | 'recordDeployedPackage' | 'recordVerification' | 'clearFilesToCopy' | 'getVerification' | 'listInstallations';

export function createApplications({ store, newId, now }: RepositoryParts): Pick<Repository, ApplicationMethods> {
  return {
    listApplications: () => store.read((reader) => reader.all('SELECT * FROM applications ORDER BY name, id').map(asApplication)),
    findApplication: (name, hostId) => store.read((reader) => {
      const row = reader.first('SELECT * FROM applications WHERE name = ? AND host_id = ?', name, hostId);
      return row && asApplication(row);
    }),
    getApplication: (id) => store.read((reader) => {
      const row = reader.first('SELECT * FROM applications WHERE id = ?', id);
      return row && asApplication(row);
    }),
    saveApplication: (application) => store.write((transaction) => saveApplication(transaction, application)),
    removeApplication: (id) => store.write((transaction) => {
      if (!transaction.first('SELECT 1 FROM applications WHERE id = ?', id)) {
        throw new ProductError('general/not-found', { kind: 'application', name: id });
      }
      transaction.run('DELETE FROM applications WHERE id = ?', id);
      transaction.changed('applications');
    }),

    listDeployedPackages: () => store.read((reader) =>
      reader.all('SELECT * FROM deployed_packages ORDER BY host_name, application_name, id').map(asDeployedPackage)),
    getDeployedPackage: (id) => store.read((reader) => asDeployedPackage(requireDeployed(reader, id))),
    recordDeployedPackage: (record, application, { replaced = [], others = [] } = {}) => store.write((transaction) => {
      saveApplication(transaction, { ...application, state: 'enabled' });
      for (const other of others) saveApplication(transaction, other);
      const deployed: DeployedPackage = { ...record, id: newId('deployed'), at: now().toISOString() };
      transaction.run('DELETE FROM deployed_packages WHERE host_id = ? AND application_id = ? AND plug_in = ?', deployed.hostId, deployed.applicationId, deployed.plugIn ?? '');
      transaction.run(
        `INSERT INTO deployed_packages
           (id, host_id, host_name, application_id, application_name, tenant_id, package_id, identity, status, install_path, deployment_id, profile, deployed_by, at,
            plug_in, files_to_copy)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        deployed.id, deployed.hostId, deployed.hostName, deployed.applicationId, deployed.applicationName, deployed.tenantId, deployed.packageId,
        JSON.stringify(deployed.package), deployed.status, deployed.installPath, deployed.deploymentId, deployed.profile, deployed.by, deployed.at,
        deployed.plugIn ?? '', deployed.filesToCopy ? JSON.stringify(deployed.filesToCopy) : null,
      );
      if (deployed.status === 'complete') addInstallation(transaction, { ...deployed, id: newId('installation'), replaced });
      transaction.changed('deployedPackages');
      return deployed;
    }),
    recordVerification: (id, verification) => store.write((transaction) => {
      requireDeployed(transaction, id);
      transaction.run('UPDATE deployed_packages SET verification = ? WHERE id = ?', JSON.stringify(verification), id);
      transaction.changed('deployedPackages');
      return asDeployedPackage(requireDeployed(transaction, id));
    }),
    clearFilesToCopy: (id) => store.write((transaction) => {
      if (requireDeployed(transaction, id)['files_to_copy'] !== null) {
        transaction.run('UPDATE deployed_packages SET files_to_copy = NULL WHERE id = ?', id);
        transaction.changed('deployedPackages');
      }
      return asDeployedPackage(requireDeployed(transaction, id));
    }),
    getVerification: (id) => store.read((reader) => verificationOf(requireDeployed(reader, id))),
    listInstallations: (applicationId, plugIn) => store.read((reader) => installationsOf(reader, applicationId, plugIn)),
  };
}

/** What was installed for an application object, the newest first: as its program, or of one plug-in. */
export function installationsOf(reader: Reader, applicationId: string, plugIn = ''): readonly Installation[] {
  return reader.all('SELECT * FROM installations WHERE application_id = ? AND plug_in = ? ORDER BY sequence DESC', applicationId, plugIn).map((row) => {
    const { status: _, filesToCopy: __, ...installation } = asDeployedPackage({ ...row, status: 'complete', files_to_copy: null });
    return { ...installation, replaced: json<Installation['replaced']>(row, 'replaced') };
  });
}

/** @throws ProductError `general/not-found` */
function requireDeployed(reader: Reader, id: string): Row {
  const row = reader.first('SELECT * FROM deployed_packages WHERE id = ?', id);
  if (!row) throw new ProductError('general/not-found', { kind: 'deployed', name: id });
  return row;
}

/** Rows of the history have no such column. */
function verificationOf(row: Row): Verification | undefined {
  return typeof row['verification'] === 'string' ? json<Verification>(row, 'verification') : undefined;
}

function addInstallation(transaction: Transaction, { replaced, ...installed }: Installation): void {
  transaction.run(
    `INSERT INTO installations
       (id, host_id, host_name, application_id, application_name, tenant_id, package_id, identity, profile, deployed_by, install_path, deployment_id, replaced, sequence, at, plug_in)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM installations WHERE application_id = ?4), ?14, ?15)`,
    installed.id, installed.hostId, installed.hostName, installed.applicationId, installed.applicationName, installed.tenantId, installed.packageId,
    JSON.stringify(installed.package), installed.profile, installed.by, installed.installPath, installed.deploymentId, JSON.stringify(replaced.map(maskReplaced)), installed.at, installed.plugIn ?? '',
  );
}

function saveApplication(transaction: Transaction, saved: ApplicationObject): void {
  requireHost(transaction, saved.hostId);
  const application = maskApplication(saved);
  transaction.run(
    `INSERT INTO applications
       (id, name, tenant_id, host_id, type, version, working_directory, command_line, command_line_arguments, tenant_object, port, primary_server,
        backup_server, settings, options, annex, connections, ports, permissions, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, tenant_id = excluded.tenant_id, host_id = excluded.host_id, type = excluded.type, version = excluded.version,
       working_directory = excluded.working_directory, command_line = excluded.command_line,
       command_line_arguments = excluded.command_line_arguments, tenant_object = excluded.tenant_object, port = excluded.port,
       primary_server = excluded.primary_server, backup_server = excluded.backup_server, settings = excluded.settings,
       options = excluded.options, annex = excluded.annex, connections = excluded.connections, ports = excluded.ports, permissions = excluded.permissions,
       state = excluded.state`,
    application.id, application.name, application.tenantId, application.hostId, application.type, application.version,
    application.workingDirectory, application.commandLine, application.commandLineArguments, application.tenantObject, application.port,
    application.primaryServer, application.backupServer, JSON.stringify(application.settings),
    ...applicationTables.map((table) => JSON.stringify(application[table])), application.state,
  );
  transaction.changed('applications');
}

function asApplication(row: Row): ApplicationObject {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    tenantId: text(row, 'tenant_id'),
    hostId: text(row, 'host_id'),
    type: number(row, 'type'),
    version: text(row, 'version'),
    workingDirectory: text(row, 'working_directory'),
    commandLine: text(row, 'command_line'),
    commandLineArguments: text(row, 'command_line_arguments'),
    tenantObject: text(row, 'tenant_object'),
    port: text(row, 'port'),
    primaryServer: text(row, 'primary_server'),
    backupServer: text(row, 'backup_server'),
    settings: json<ApplicationObject['settings']>(row, 'settings'),
    options: json<ValueTable>(row, 'options'),
    annex: json<ValueTable>(row, 'annex'),
    connections: json<ValueTable>(row, 'connections'),
    ports: json<ValueTable>(row, 'ports'),
    permissions: json<ValueTable>(row, 'permissions'),
    state: text(row, 'state') as ApplicationObject['state'],
  };
}

export function asDeployedPackage(row: Row): DeployedPackage {
  const plugIn = text(row, 'plug_in');
  const filesToCopy = optionalText(row, 'files_to_copy');
  const verification = verificationOf(row);
  return {
    id: text(row, 'id'),
    hostId: text(row, 'host_id'),
    hostName: text(row, 'host_name'),
    applicationId: text(row, 'application_id'),
    applicationName: text(row, 'application_name'),
    tenantId: text(row, 'tenant_id'),
    packageId: text(row, 'package_id'),
    package: json<DeployedPackage['package']>(row, 'identity'),
    ...(plugIn !== '' && { plugIn }),
    status: text(row, 'status') as DeployedPackage['status'],
    ...(filesToCopy !== undefined && { filesToCopy: json<FilesToCopy>(row, 'files_to_copy') }),
    ...(verification && { verification: summarizeVerification(verification) }),
    installPath: text(row, 'install_path'),
    deploymentId: text(row, 'deployment_id'),
    profile: text(row, 'profile') as DeployedPackage['profile'],
    by: text(row, 'deployed_by'),
    at: text(row, 'at'),
  };
}
