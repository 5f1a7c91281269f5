import * as fs from 'node:fs';

/** The outcome in a result log as `ResultCode: Error`; undefined without a log. */
export function readResultLog(path: string): string | undefined {
  if (!fs.existsSync(path)) return undefined;
  const text = fs.readFileSync(path, 'utf8');
  const [, code = '?', error = '?'] = /^\[Result\]\nResultCode=(\d)\nError=(.*)\nReboot=N$/m.exec(text) ?? [];
  return text.startsWith('[GenesysProductInfo]\nFile=ResultFile\nIPName=') ? `${code}: ${error}` : `unexpected: ${text}`;
}
