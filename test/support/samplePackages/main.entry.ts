import { parseArgs } from 'node:util';
import { gaxSamples } from './gaxSamples';
import { manyFilesSample, samples } from './samples';
import { writeLargeSample, writeSample } from './writeSample';

const usage = `usage: npm run sample-packages -- OUT [--files N] [--large SIZE] [--large-zip SIZE]
  OUT               folder for the archives: one for each kind of package, and one of many small files
  --files N         how many small files (20000; 0: without that package)
  --large SIZE      also a tar.gz of that size that cannot be compressed: 500MB, 1GB …
  --large-zip SIZE  the same as a zip`;

const units: Readonly<Record<string, number>> = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9 };

function readSize(option: string, text: string): number {
  const match = /^(\d+)(KB|MB|GB)?$/i.exec(text);
  const factor = units[(match?.[2] ?? '').toUpperCase()];
  if (match?.[1] === undefined || factor === undefined) throw new Error(`--${option} ${text}: a number is needed, with KB, MB or GB`);
  return Number(match[1]) * factor;
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true, options: { files: text, large: text, 'large-zip': text, help: { type: 'boolean' } },
  });
  const [out] = positionals;
  if (out === undefined || values.help === true) {
    console.error(usage);
    return values.help === true ? 0 : 2;
  }
  for (const sample of [...Object.values(samples), ...Object.values(gaxSamples)]) console.log(await writeSample(sample, out));
  const files = readSize('files', values.files ?? '20000');
  if (files > 0) console.log(await writeSample(manyFilesSample(files), out));
  if (values.large !== undefined) console.log(await writeLargeSample(readSize('large', values.large), out));
  if (values['large-zip'] !== undefined) console.log(await writeLargeSample(readSize('large-zip', values['large-zip']), out, 1, 'zip'));
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
