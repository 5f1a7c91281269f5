// Builds and opens developer tools written in TypeScript below test/.
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { prepare, root } from './prepare.mjs';

const require = createRequire(import.meta.url);

/** The option of this name and its value as a whole number, taken out of the arguments. */
export function takeNumber(args, name) {
  const at = args.indexOf(`--${name}`);
  if (at < 0) return undefined;
  const [, text] = args.splice(at, 2);
  if (!/^\d+$/.test(text ?? '')) endWithUsage(`--${name} needs a whole number`);
  return Number(text);
}

export function endWithUsage(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** Prepares, then loads one of the tools of a folder of test/ by name; without a name, or with a wrong one, says which there are. */
export async function loadTool(kind, name) {
  await prepare();
  const folder = path.join(root, 'dist/test', kind);
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.endsWith('.js')).map((file) => file.slice(0, -3)) : [];
  const tools = names.filter((each) => typeof require(path.join(folder, `${each}.js`)).run === 'function');
  if (name === undefined || !tools.includes(name)) endWithUsage(`usage: npm run ${kind} -- NAME\nNAME is one of: ${tools.join(', ')}`);
  return require(path.join(folder, `${name}.js`));
}
