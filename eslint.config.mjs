import tseslint from 'typescript-eslint';
import { localised } from './scripts/eslint/localised.mjs';

const nodeModules = { group: ['node:*', 'fs', 'path', 'os', 'net', 'crypto', 'child_process', 'stream', 'events', 'util', 'zlib'], message: 'This layer is pure: no Node built-ins.' };
const vscode = { group: ['vscode'], message: 'vscode is imported in src/extension alone.' };
const nodeGlobals = ['process', 'console', 'Buffer', 'URL', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'require', 'module'];
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['dist/**', '.cache/**', 'node_modules/**', 'coverage/**', 'test-output/**'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'webview/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    // One program for all layers: each type is worked out once.
    languageOptions: { parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
    },
  },
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
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
