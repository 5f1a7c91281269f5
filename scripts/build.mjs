// Bundles the product (and, with --tests, the test files and developer tools) with esbuild.
// usage: node scripts/build.mjs [--tests] [--minify]
import * as esbuild from 'esbuild';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Writes a file in one step, and only when it differs: programs may be running from what is there. */
function writeChanged(file, contents) {
  if (fs.existsSync(file) && fs.readFileSync(file).equals(contents)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  fs.writeFileSync(fresh, contents);
  fs.renameSync(fresh, file);
}

const copyChanged = (from, to) => writeChanged(to, fs.readFileSync(from));

/** @returns what esbuild says of its input and output */
async function build(options) {
  const { metafile, outputFiles } = await esbuild.build({ ...options, write: false, metafile: true });
  for (const { path: file, contents } of outputFiles) writeChanged(file, contents);
  return { metafile };
}

/** ssh2 tries an optional native crypto addon and cpu-features; both are left out, so that one bundle runs on every platform. */
const withoutNativeAddons = {
  name: 'without-native-addons',
  setup(builder) {
    builder.onResolve({ filter: /(\.node$|^cpu-features$)/ }, (args) => ({ path: args.path, namespace: 'left-out' }));
    builder.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: 'throw new Error("native addons are not part of this bundle");',
      loader: 'js',
    }));
  },
};

/** The editor's library for language servers is a file of its own: the extension starts without it, and most windows never need it. */
const languageClientApart = {
  name: 'language-client-apart',
  setup(builder) {
    builder.onResolve({ filter: /^vscode-languageclient\/node$/ }, (args) => (args.kind === 'entry-point' ? undefined : { path: './languageClient.js', external: true }));
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
  plugins: [withoutNativeAddons],
  // Several libraries ship both forms; the ESM form is what esbuild can shake.
  mainFields: ['module', 'main'],
  define: { 'import.meta.url': 'undefined' },
};

/**
 * Builds the product's bundles into a folder, dist/ unless told otherwise.
 * @returns the source files and packages that went in, as paths from the project's folder
 */
export async function buildProduct({ minify = false, sourcemap = true, outdir = path.join(root, 'dist') } = {}) {
  const entries = [
    { in: 'src/extension/activate.ts', out: 'extension', external: ['vscode'], plugins: [...common.plugins, languageClientApart] },
    { in: 'node_modules/vscode-languageclient/lib/node/main.js', out: 'languageClient', external: ['vscode'] },
    { in: 'src/service/main.ts', out: 'service' },
    { in: 'src/cli/main.ts', out: 'cli' },
    { in: 'src/server/main.ts', out: 'server' },
  ].filter((entry) => fs.existsSync(path.join(root, entry.in)));
  const results = await Promise.all(
    entries.map(({ external = [], plugins = common.plugins, ...entry }) =>
      build({
        ...common, minify, sourcemap, external, plugins, outdir, entryPoints: [entry],
        ...(entry.out === 'cli' && { banner: { js: '#!/usr/bin/env node' } }),
      }),
    ),
  );
  const ofPages = await buildPages({ minify, sourcemap, outdir });
  copyChanged(path.join(root, 'node_modules/sql.js/dist/sql-wasm.wasm'), path.join(outdir, 'sql-wasm.wasm'));
  if (fs.existsSync(path.join(outdir, 'cli.js'))) fs.chmodSync(path.join(outdir, 'cli.js'), 0o755);
  return [...results.flatMap(({ metafile }) => Object.keys(metafile.inputs)), ...ofPages];
}

/** Codicons that stand on the tab of a page; the editor wants a picture for light and for dark themes. */
const tabIcons = ['cloud-upload', 'rocket', 'package', 'server-process', 'vm', 'organization'];

/** Builds the pages: one script, one style sheet, the icon font, and the icons of the tabs. */
async function buildPages({ minify, sourcemap, outdir }) {
  const folder = path.join(outdir, 'webview');
  const codicons = path.join(root, 'node_modules/@vscode/codicons');
  const { metafile } = await build({
    absWorkingDir: root, bundle: true, platform: 'browser', format: 'esm', target: 'es2022', minify, sourcemap, sourcesContent: false, logLevel: 'warning',
    entryPoints: [{ in: 'webview/main.ts', out: 'main' }], outdir: folder, tsconfig: path.join(root, 'webview/tsconfig.json'),
  });
  for (const name of ['codicon.css', 'codicon.ttf']) copyChanged(path.join(codicons, 'dist', name), path.join(folder, name));
  for (const name of tabIcons) {
    const picture = fs.readFileSync(path.join(codicons, 'src/icons', `${name}.svg`), 'utf8');
    for (const [theme, color] of [['light', '#424242'], ['dark', '#c5c5c5']]) {
      writeChanged(path.join(folder, 'icons', `${name}-${theme}.svg`), Buffer.from(picture.replaceAll('currentColor', color)));
    }
  }
  return Object.keys(metafile.inputs);
}

function listFiles(folder, ending) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && item.name.endsWith(ending))
    .map((item) => path.join(item.parentPath ?? item.path, item.name));
}

/** Builds every test file, campaign, benchmark and developer tool into dist/test/, each as a bundle of its own; npm packages stay outside. */
export async function buildTests() {
  const folder = path.join(root, 'test');
  const entryPoints = [
    ...listFiles(folder, '.test.ts'),
    ...listFiles(path.join(folder, 'campaign'), '.ts'),
    ...listFiles(path.join(folder, 'bench'), '.ts'),
    ...listFiles(folder, '.entry.ts'),
    ...listFiles(path.join(folder, 'support'), 'rootHooks.ts'),
  ];
  await buildTestFiles(entryPoints, path.join(root, 'dist/test'));
}

/** Builds one program with everything in it, as the product's own bundles are. */
export async function buildBundle(entryPoint, outfile) {
  await build({ ...common, entryPoints: [entryPoint], outfile });
}

/** Builds some test files into a folder of dist/. What is not built any more goes. */
export async function buildTestFiles(entryPoints, outdir) {
  if (entryPoints.length === 0) return;
  const { metafile } = await build({
    ...common, entryPoints, outbase: path.join(root, 'test'), outdir, packages: 'external', external: ['vscode'],
  });
  const wasm = path.join(outdir, 'sql-wasm.wasm');
  copyChanged(path.join(root, 'node_modules/sql.js/dist/sql-wasm.wasm'), wasm);
  const built = new Set([wasm, ...Object.keys(metafile.outputs).map((file) => path.join(root, file))]);
  for (const file of listFiles(outdir, '')) if (!built.has(file)) fs.rmSync(file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildProduct({ minify: process.argv.includes('--minify') });
  if (process.argv.includes('--tests')) await buildTests();
}
