import tseslint from 'typescript-eslint';
import { localised } from './scripts/eslint/localised.mjs';

const nodeModules = { group: ['node:*', 'fs', 'path', 'os', 'net', 'crypto', 'child_process', 'stream', 'events', 'util', 'zlib'], message: 'This layer is pure: no Node built-ins.' };
const vscode = { group: ['vscode'], message: 'vscode is imported in src/extension alone.' };
const nodeGlobals = ['process', 'console', 'Buffer', 'URL', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'require', 'module'];
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['dist/**', 'test/**', '.cache/**', 'node_modules/**', 'coverage/**', 'test-output/**'] },
  // What needs types, and what holds for all TypeScript, is in .oxlintrc.json.
  { files: ['src/**/*.ts', 'webview/**/*.ts'], extends: [tseslint.configs.base] },
  {
    files: ['scripts/**/*.mjs', '*.mjs', 'scripts/**/*.cjs', '*.cjs'],
    extends: [...tseslint.configs.strict],
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
    rules: { eqeqeq: 'error', 'no-undef': 'error', 'no-unused-vars': 'off' },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['src/core/**/*.ts', 'src/protocol/**/*.ts'], rules: restrict(nodeModules, vscode) },
  { files: ['src/service/**/*.ts', 'src/cli/**/*.ts', 'src/server/**/*.ts'], rules: restrict(vscode) },
  { files: ['webview/**/*.ts'], plugins: { localised }, rules: { 'localised/page-words': 'error' } },
  { files: ['src/extension/**/*.ts'], plugins: { localised }, rules: { 'localised/editor-words': 'error' } },
  {
    // The host's end of a page gets the editor handed in, so that tests can run it; types cost nothing.
    files: ['src/extension/pages/**/*.ts'],
    ignores: ['src/extension/pages/panels/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [{ name: 'vscode', message: 'The host code of pages knows no editor: take a port.', allowTypeImports: true }] }] },
  },
);
