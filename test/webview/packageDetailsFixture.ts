import type { PackageDetails, PackageFile, PackageSummary } from '../../src/core/packages/model';
import { ProductError } from '../../src/core/errors';
import { samplePackage } from '../unit/extension/sampleLists';
import { createScriptedRepository, type ScriptedRepository } from './support';

export const sha256 = 'a3f1'.repeat(16);
export const mcp = samplePackage({
  id: 'package-1', name: 'Media Control Platform', nickname: 'vpMediaControl', version: '9.0.046.06', group: 'Voice platform', sha256, size: 96_400_000,
  description: 'Media server for IVR and conferences. Approved for production on 21 Nov', updatedAt: '2026-11-21T07:55:00.000Z',
});
/** As many as a large package has. */
export const files: readonly PackageFile[] = [
  { path: 'ip', type: 'directory', size: 0 },
  ...Array.from({ length: 20_000 }, (_, i): PackageFile => ({ path: `ip/lib/module-${String(i).padStart(5, '0')}.so`, type: 'file', size: 10_700 + i })),
  { path: 'ip/lib/current', type: 'symlink', size: 0, target: 'module-00001.so' },
];

export function detailsOf(item: PackageSummary): PackageDetails {
  return {
    ...item, buildNumber: '1', buildDate: '', releaseType: 'Hot Fix', productDescription: '', archiveName: 'IP_MCP.tar.gz', archiveFormat: 'tar.gz', importMethod: 'archive',
    fileCount: files.length, unpackedSize: 214_000_000, installerFolder: 'ip', tenants: ['Environment', 'EMEA'],
    templates: [{ name: 'VP_MediaControl_90', path: 'templates/VP_MediaControl_90.apd', format: 'apd', applicationType: 103 }, { name: 'VP_MediaControl_90', path: 'templates/VP_MediaControl_90.xml', format: 'xml' }],
    licenseNeeded: false,
  };
}

/** A repository of one package that really takes edits, as the service does. */
export function repositoryOf(item: PackageSummary = mcp): ScriptedRepository {
  const repository = createScriptedRepository({ packages: [item, samplePackage({ id: 'package-2', group: 'Framework' }), samplePackage({ id: 'package-3', group: 'GAX' })] });
  repository.service.answer('packages/get', ({ id }) => {
    const found = repository.lists.packages.find((each) => each.id === id);
    if (found === undefined) throw new ProductError('general/not-found', { kind: 'package', name: id });
    return detailsOf(found);
  });
  repository.service.answer('packages/files', () => files);
  repository.service.answer('packages/edit', ({ id, group, description, known }) => {
    const before = repository.lists.packages.find((each) => each.id === id)!;
    const isNews = known?.description !== undefined && known.description !== before.description && description !== before.description;
    if (isNews) throw new ProductError('access/edited-meanwhile', { user: 'bruno', time: Date.parse(before.updatedAt), field: 'description', stored: before.description, package: before.name });
    const edited = { ...before, ...(group !== undefined && { group }), ...(description !== undefined && { description }) };
    repository.change({ packages: repository.lists.packages.map((each) => (each === before ? edited : each)) });
    return edited;
  });
  return repository;
}

/** Another window changes the description. */
export function describeElsewhere(repository: ScriptedRepository, description: string): void {
  repository.change({ packages: repository.lists.packages.map((each) => (each.id === 'package-1' ? { ...each, description, updatedAt: '2026-11-22T09:14:00.000Z' } : each)) });
}
