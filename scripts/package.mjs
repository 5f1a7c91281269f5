// Makes the .vsix: minified bundles, nothing else of the project. usage: node scripts/package.mjs [--out FILE.vsix]
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { checkNode, installDependencies, root } from './prepare.mjs';

checkNode();
installDependencies();
const { buildProduct } = await import('./build.mjs');
const { default: JsZip } = await import('jszip');

const largestBytes = 4 * 1024 * 1024;
/** All that a .vsix may hold; the first two are the container's own. */
const allowed = [
  /^extension\.vsixmanifest$/, /^\[Content_Types\]\.xml$/, /^extension\/package(\.nls(\.[a-z]+)?)?\.json$/, /^extension\/(readme|changelog)\.md$/i, /^extension\/LICENSE(\.txt)?$/i,
  /^extension\/ThirdPartyNotices\.txt$/, /^extension\/dist\/(extension|languageClient|service|cli|server)\.js$/, /^extension\/dist\/sql-wasm\.wasm$/,
  /^extension\/dist\/webview\/(main\.(js|css)|codicon\.(css|ttf)|icons\/[\w-]+\.svg)$/, /^extension\/(resources|syntaxes)\//, /^extension\/docs\/formats\/\w+\.md$/i,
  /^extension\/docs\/pictures\/[\w-]+\.png$/,
];

const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const asked = process.argv.indexOf('--out');
const outFile = path.resolve(asked < 0 ? path.join(root, `${manifest.name}-${manifest.version}.vsix`) : process.argv[asked + 1]);
const staging = path.join(root, '.cache', `package-${process.pid}`);

/** The licences of every package that went into a bundle, as they ask for. */
function writeNotices(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  for (const copied of ['sql.js', '@vscode/codicons']) folders.add(`node_modules/${copied}`);
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const file = fs.readdirSync(path.join(root, folder)).find((each) => /^(licen[cs]e|copying)/i.test(each));
    const text = file === undefined ? `Licensed under ${typeof license === 'string' ? license : license?.type}.` : fs.readFileSync(path.join(root, folder, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  fs.writeFileSync(path.join(staging, 'ThirdPartyNotices.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

async function checkContent(file) {
  const data = fs.readFileSync(file);
  const names = Object.values((await JsZip.loadAsync(data)).files).filter((entry) => !entry.dir).map((entry) => entry.name);
  const problems = names.filter((name) => name.endsWith('.map') || !allowed.some((pattern) => pattern.test(name))).map((name) => `holds ${name}`);
  for (const needed of ['extension/dist/extension.js', 'extension/dist/languageClient.js', 'extension/dist/server.js', 'extension/dist/service.js', 'extension/dist/cli.js', 'extension/dist/sql-wasm.wasm', 'extension/dist/webview/main.js', 'extension/dist/webview/main.css']) {
    if (!names.includes(needed)) problems.push(`lacks ${needed}`);
  }
  if (data.length > largestBytes) problems.push(`is ${data.length} bytes long; ${largestBytes} are allowed`);
  return { problems, bytes: data.length, files: names.length };
}

try {
  fs.mkdirSync(staging, { recursive: true });
  const texts = ['README.md', 'CHANGELOG.md', 'LICENSE', 'resources', 'syntaxes', 'docs/formats', 'docs/pictures', ...fs.readdirSync(root).filter((name) => /^package\.nls.*\.json$/.test(name))];
  for (const name of texts) if (fs.existsSync(path.join(root, name))) fs.cpSync(path.join(root, name), path.join(staging, name), { recursive: true });
  // What only a build needs; the bundles hold the packages.
  const published = Object.fromEntries(Object.entries(manifest).filter(([key]) => !['scripts', 'devDependencies', 'dependencies'].includes(key)));
  fs.writeFileSync(path.join(staging, 'package.json'), JSON.stringify(published, null, 2));
  writeNotices(await buildProduct({ minify: true, sourcemap: false, outdir: path.join(staging, 'dist') }));
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const result = spawnSync(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', outFile], { cwd: staging, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`vsce failed\n${result.stdout}${result.stderr}`);
  const { problems, bytes, files } = await checkContent(outFile);
  if (problems.length > 0) throw new Error(`the package\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  console.log(`${outFile}: ${files} files, ${(bytes / 1024).toFixed(0)} KB`);
} catch (error) {
  fs.rmSync(outFile, { force: true });
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  fs.rmSync(staging, { recursive: true, force: true });
}
