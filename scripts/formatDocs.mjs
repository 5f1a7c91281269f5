// Writes docs/formats from the tables of the formats; the unit tests compare. usage: node scripts/formatDocs.mjs
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildBundle } from './build.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = path.join(root, '.cache', `formatPages-${process.pid}.cjs`);
const folder = path.join(root, 'docs/formats');
try {
  await buildBundle('test/support/formats/formatPages.ts', bundle);
  const { formatPages } = (await import(pathToFileURL(bundle))).default;
  const pages = formatPages();
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(folder)) if (!pages.has(name)) fs.rmSync(path.join(folder, name));
  for (const [name, text] of pages) fs.writeFileSync(path.join(folder, name), text);
} finally {
  for (const file of [bundle, `${bundle}.map`]) fs.rmSync(file, { force: true });
}
