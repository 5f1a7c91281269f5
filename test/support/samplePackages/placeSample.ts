import { chmod, mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeTarGz, writeZip, type SampleEntry } from './writeArchive';
import type { ImportSource } from '../../../src/core/packages/importSource';
import type { Sample } from './samples';
import { createWriteStream } from 'node:fs';
import { writeSample } from './writeSample';

/** Writes a sample unpacked, each file with a time of its own. @returns the folder that holds its installer folder */
export async function writeSampleFolder(sample: Sample, folder: string): Promise<string> {
  const entries = await sample.entries();
  for (const [index, { path, content = '', mode, linkTo }] of entries.entries()) {
    const to = join(folder, path);
    await mkdir(path.endsWith('/') ? to : dirname(to), { recursive: true });
    if (path.endsWith('/')) continue;
    if (linkTo !== undefined) await symlink(linkTo, to);
    else {
      await writeFile(to, content);
      await chmod(to, mode ?? 0o640);
      await utimes(to, 1_700_000_000 + index, 1_700_000_000.25 + index);
    }
  }
  return folder;
}

/** Writes a sample as a package archive beside its two templates. @throws for a sample that has not one pair of templates */
export async function writeSampleParts(sample: Sample, folder: string): Promise<Extract<ImportSource, { method: 'parts' }>> {
  const path = await writeSample(sample, folder);
  const write = async (ending: string): Promise<string> => {
    const [template, other] = (await sample.entries()).filter((entry) => /^templates\//i.test(entry.path) && entry.path.endsWith(ending));
    if (template === undefined || other !== undefined) throw new Error(`${sample.fileName} has not one ${ending}`);
    const to = join(folder, basename(template.path));
    await writeFile(to, template.content ?? '');
    return to;
  };
  return { method: 'parts', path, xml: await write('.xml'), apd: await write('.apd') };
}

/** Writes a sample as support sends it: its archive and its templates in one archive. @returns the path */
export async function writeSupportArchive(sample: Sample, folder: string, format: 'zip' | 'tar.gz' = 'zip'): Promise<string> {
  const inner = await writeSample(sample, join(folder, 'inner'));
  const templates = (await sample.entries()).filter(({ path }) => /^templates\/.+/i.test(path));
  const entries: SampleEntry[] = [
    { path: 'case 1234/' }, { path: 'case 1234/read me.txt', content: 'Import this.\n' },
    { path: `case 1234/${sample.fileName}`, content: await readFile(inner) },
    ...templates.map((entry) => ({ ...entry, path: `case 1234/${entry.path}` })),
  ];
  const path = join(folder, `support-${basename(sample.fileName).replace(/\.(zip|tar\.gz)$/, '')}.${format}`);
  if (format === 'zip') await writeZip(path, entries, false);
  else await writeTarGz(createWriteStream(path), entries);
  return path;
}
