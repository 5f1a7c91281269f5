import { parseArgs } from 'node:util';
import { manyFilesSample, samples } from './samples';
import { writeLargeSample, writeSample } from './writeSample';

const usage = `usage: npm run sample-packages -- OUT [--files N] [--large SIZE]
  OUT            folder for the archives
  --files N      also a package of N small files (20000 unless given otherwise with --all)
  --large SIZE   also a package of that size that cannot be compressed: 500MB, 1GB …
  --all          --files 20000 --large 100MB`;

const units: Readonly<Record<string, number>> = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9 };

function readSize(text: string): number {
  const match = /^(\d+)(KB|MB|GB)?$/i.exec(text);
  const factor = units[(match?.[2] ?? '').toUpperCase()];
  if (match?.[1] === undefined || factor === undefined) throw new Error(`--large ${text}: a number with KB, MB or GB is needed`);
  return Number(match[1]) * factor;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true, options: { files: { type: 'string' }, large: { type: 'string' }, all: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [out] = positionals;
  if (out === undefined || values.help === true) {
    console.error(usage);
    return values.help === true ? 0 : 2;
  }
  const files = values.files ?? (values.all === true ? '20000' : undefined);
  const large = values.large ?? (values.all === true ? '100MB' : undefined);
  for (const sample of Object.values(samples)) console.log(await writeSample(sample, out));
  if (files !== undefined) console.log(await writeSample(manyFilesSample(Number(files)), out));
  if (large !== undefined) console.log(await writeLargeSample(readSize(large), out));
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
