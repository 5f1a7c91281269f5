// Who may import what: the table of docs/architecture.md as rules.
const forbid = (name, from, to, extra = {}) => ({ name, severity: 'error', from: { path: from }, to: { path: to, ...extra } });

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    forbid('core-is-alone', '^src/core', '^(src/(protocol|service|cli|server|extension)|webview|test)'),
    forbid('protocol-knows-core-only', '^src/protocol', '^(src/(service|cli|server|extension)|webview|test)'),
    forbid('service-knows-no-client', '^src/service', '^(src/(cli|server|extension)|webview|test)'),
    forbid('cli-knows-no-editor', '^src/cli', '^(src/(server|extension)|webview|test)'),
    forbid('cli-uses-the-service-client-only', '^src/cli', '^src/service/(?!client/)'),
    forbid('server-knows-no-service', '^src/server', '^(src/(service|cli|extension)|webview|test)'),
    forbid('extension-uses-the-service-client-only', '^src/extension', '^src/service/(?!client/)'),
    forbid('extension-knows-no-server-code', '^src/extension', '^(src/(cli|server)|webview|test)'),
    forbid('webview-is-a-page', '^webview', '^(src/(service|cli|server|extension)|test)'),
    forbid('vscode-in-the-extension-only', '^(src/(core|protocol|service|cli|server)|webview)', '^vscode$'),
    forbid('element-library-behind-components', '^webview/(?!components/)', 'node_modules/@vscode-elements'),
    { name: 'core-has-no-io', severity: 'error', from: { path: '^src/(core|protocol)' }, to: { dependencyTypes: ['core'] } },
    { name: 'core-packages-by-adr', severity: 'error', from: { path: '^src/core' }, to: { path: 'node_modules', pathNot: 'node_modules/(intl-messageformat|acorn)/' } },
    { name: 'protocol-packages-by-adr', severity: 'error', from: { path: '^src/protocol' }, to: { path: 'node_modules', pathNot: 'node_modules/valibot' } },
    { name: 'sql-stays-in-its-driver', severity: 'error', from: { path: '^src', pathNot: '^src/service/repository/sqljs' }, to: { path: 'node_modules/sql\\.js' } },
    { name: 'ssh-stays-in-its-room', severity: 'error', from: { path: '^src', pathNot: '^src/service/deploying/ssh' }, to: { path: 'node_modules/(ssh2|node-ssh)' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json'] },
  },
};
