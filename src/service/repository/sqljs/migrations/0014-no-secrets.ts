import { maskApplication, maskReplaced } from '../../../../core/configuration/maskedApplication';
import { maskTemplateOptions } from '../../../../core/configuration/maskedTemplateOptions';
import { applicationTables, nothingSaid, type ApplicationObject, type ReplacedValue } from '../../../../core/deployment/model';
import type { TemplateOptions } from '../../../../core/packages/model';
import type { Writer } from '../catalogue';
import { json, text } from '../rows';
import type { DataMigration } from './migrations';

/**
 * Earlier versions kept the default passwords of templates: in application objects, in what installations had replaced of
 * them, and with the default options of plug-ins. The mask takes their place.
 */
export const noSecrets: DataMigration = (writer) => {
  maskApplications(writer);
  maskInstallations(writer);
  maskPackages(writer);
};

function maskApplications(writer: Writer): void {
  for (const row of writer.all('SELECT * FROM applications')) {
    const tables = Object.fromEntries(applicationTables.map((table) => [table, json(row, table)])) as Pick<ApplicationObject, (typeof applicationTables)[number]>;
    const masked = maskApplication({ ...nothingSaid, ...tables } as ApplicationObject);
    writer.run(
      `UPDATE applications SET ${applicationTables.map((table) => `${table} = ?`).join(', ')} WHERE id = ?`,
      ...applicationTables.map((table) => JSON.stringify(masked[table])), text(row, 'id'),
    );
  }
}

function maskInstallations(writer: Writer): void {
  for (const row of writer.all('SELECT id, replaced FROM installations')) {
    writer.run('UPDATE installations SET replaced = ? WHERE id = ?', JSON.stringify(json<ReplacedValue[]>(row, 'replaced').map(maskReplaced)), text(row, 'id'));
  }
}

function maskPackages(writer: Writer): void {
  for (const row of writer.all('SELECT id, template_options FROM packages WHERE template_options IS NOT NULL')) {
    writer.run('UPDATE packages SET template_options = ? WHERE id = ?', JSON.stringify(json<TemplateOptions[]>(row, 'template_options').map(maskTemplateOptions)), text(row, 'id'));
  }
}
