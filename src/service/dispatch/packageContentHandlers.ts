import type { packageContentMethods } from '../../protocol/service/packageContent';
import type { GuardedHandlers } from './handlers';
import type { ServiceParts } from './serviceParts';

/** The requests about the files of stored packages, and their downloads. */
export function createPackageContentHandlers({ files, downloads }: Pick<ServiceParts, 'files' | 'downloads'>): Pick<GuardedHandlers, keyof typeof packageContentMethods> {
  return {
    'packages/fileContent': async ({ id, path, offset, length }) => {
      const { bytes, total } = await files.read(id, path, offset, length);
      return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'), total };
    },
    'packages/compare': ({ id, otherId }) => files.compare(id, otherId),
    'packages/download': ({ id, tenantId, target, overwrite = false }, { client }) =>
      downloads.start({ id, tenantId, target, overwrite }, (record) => client.notify('downloadProgress', record)),
    'downloads/list': () => Promise.resolve(downloads.list()),
    'downloads/wait': ({ id }) => downloads.wait(id),
    'downloads/cancel': async ({ id }) => {
      await downloads.cancel(id);
      return null;
    },
  };
}
