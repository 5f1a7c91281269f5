// Keeps the manifest honest: every string in both languages, every command declared and registered, every file there. usage: node scripts/checkManifest.mjs
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const read = (name) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'));
const manifest = read('package.json');
const contributes = manifest.contributes ?? {};
const problems = [];
const check = (holds, problem) => {
  if (!holds) problems.push(problem);
};

/** Strings that a person reads, at whatever depth. */
function* listTexts(value, place = '') {
  if (typeof value === 'string') yield { place, text: value };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* listTexts(item, `${place}[${index}]`);
  else if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) yield* listTexts(item, `${place}.${key}`);
}

function readSources(folder) {
  return fs.readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && item.name.endsWith('.ts'))
    .map((item) => fs.readFileSync(path.join(item.parentPath ?? item.path, item.name), 'utf8'))
    .join('\n');
}

function checkStrings() {
  const languages = ['package.nls.json', 'package.nls.fr.json'].map((name) => ({ name, strings: read(name) }));
  const used = new Set([...listTexts(manifest)].flatMap(({ text }) => /^%(.+)%$/.exec(text)?.[1] ?? []));
  for (const { name, strings } of languages) {
    for (const key of used) check(typeof strings[key] === 'string' && strings[key].trim() !== '', `${name} has no "${key}"`);
    for (const key of Object.keys(strings)) check(used.has(key), `${name}: nothing uses "${key}"`);
  }
  const human = /\.(title|shortTitle|description|markdownDescription|label|displayName|contents|category|detail|enumDescriptions\[\d+\]|markdownEnumDescriptions\[\d+\])$/;
  for (const { place, text } of listTexts(contributes, 'contributes')) check(!human.test(place) || /^%.+%$/.test(text), `${place} is not in package.nls.json: ${text}`);
}

function checkCommands() {
  const declared = new Set((contributes.commands ?? []).map(({ command }) => command));
  for (const command of declared) {
    check(/^gaxPackages\.[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/.test(command), `command ${command} is not named gaxPackages.<noun>.<verb>`);
  }
  // Each command is an object with its id; all of them are registered by one function.
  const registered = new Set([...readSources('src/extension/commands').matchAll(/\bid: '(gaxPackages\.[a-zA-Z]+\.[a-zA-Z]+)'/g)].map(([, command]) => command));
  for (const command of declared) check(registered.has(command), `command ${command} is declared but no file of src/extension/commands is it`);
  for (const command of registered) check(declared.has(command), `command ${command} is registered but not declared`);
  for (const [, command] of fs.readFileSync(path.join(root, 'package.nls.json'), 'utf8').matchAll(/\(command:(gaxPackages\.[\w.]+)/g)) {
    check(declared.has(command), `a text links to ${command}, which is not declared`);
  }
  const views = new Set(Object.values(contributes.views ?? {}).flat().map(({ id }) => id));
  for (const { place, text } of listTexts({ menus: contributes.menus, keybindings: contributes.keybindings }, 'contributes')) {
    for (const [, view] of place.endsWith('.when') ? text.matchAll(/(?:\bview|focusedView) == (gaxPackages\.\w+)/g) : []) check(views.has(view), `${place} names ${view}, which is no view`);
  }
  for (const { view } of contributes.viewsWelcome ?? []) check(views.has(view), `a welcome text is for ${view}, which is no view`);
  for (const [menu, items] of Object.entries(contributes.menus ?? {})) {
    for (const { command } of items) check(command === undefined || declared.has(command), `menu ${menu} names ${command}, which is not declared`);
  }
  for (const { command } of contributes.keybindings ?? []) check(declared.has(command), `a key runs ${command}, which is not declared`);
  const inline = (contributes.menus?.['view/item/context'] ?? []).filter(({ group = '' }) => group.startsWith('inline'));
  for (const when of new Set(inline.map((item) => item.when))) check(inline.filter((item) => item.when === when).length <= 3, `more than three inline actions where ${when}`);
}

function checkFiles() {
  const named = [
    manifest.icon, manifest.main, ...Object.values(manifest.bin ?? {}), 'LICENSE', 'README.md', 'CHANGELOG.md',
    ...[...listTexts(contributes)].filter(({ place }) => /\.(icon|light|dark|path|configuration|markdown|svg|image)$/.test(place)).map(({ text }) => text),
  ].filter((name) => typeof name === 'string' && !name.startsWith('$(') && !/^(\.\/)?dist\//.test(name));
  for (const name of named) check(fs.existsSync(path.join(root, name)), `${name} is named but not there`);
  check(typeof manifest.icon === 'string', 'the extension has no icon');
}

function checkActivation() {
  for (const event of manifest.activationEvents ?? []) check(event !== '*' && event !== 'onStartupFinished', `activation by ${event} costs every window`);
  check((manifest.categories ?? []).length > 0, 'the extension has no category');
  check(manifest.capabilities?.untrustedWorkspaces !== undefined, 'nothing is said about untrusted workspaces');
  check(manifest.capabilities?.virtualWorkspaces !== undefined, 'nothing is said about virtual workspaces');
  for (const [name, setting] of Object.entries([contributes.configuration ?? []].flat().reduce((all, { properties }) => ({ ...all, ...properties }), {}))) {
    check(/^gaxPackages\.[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/.test(name), `setting ${name} is not named gaxPackages.<area>.<name>`);
    check(setting.scope !== undefined, `setting ${name} has no scope`);
  }
}

for (const part of [checkStrings, checkCommands, checkFiles, checkActivation]) {
  try {
    part();
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
