import { join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../projectRoot';

/** The script of the pages with its sentences in the pseudo-locale. */
export async function buildPseudoPage(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot, bundle: true, platform: 'browser', format: 'esm', target: 'es2022', logLevel: 'silent', write: false, outdir: 'dist',
    entryPoints: [{ in: 'webview/main.ts', out: 'main' }], tsconfig: join(projectRoot, 'webview/tsconfig.json'),
    // Runs before the script's own modules.
    inject: [join(projectRoot, 'test/support/pseudo/pseudoLocale.ts')],
  });
  const script = outputFiles.find(({ path }) => path.endsWith('main.js'));
  if (script === undefined) throw new Error('the bundler made no script');
  return script.text;
}
