import { setFlagsFromString } from 'node:v8';
import { describeError } from '../core/errors';
import { openParts } from './lifecycle/openParts';
import { productVersion } from './lifecycle/productVersion';
import { runService } from './lifecycle/runService';
import { exitCodes, parseServiceArguments } from './lifecycle/serviceArguments';

/** Entry of the package service. Clients start it; a person does not have to. */
function main(words: readonly string[]): void {
  if (words.includes('--version')) {
    process.stdout.write(`${productVersion}\n`);
    return;
  }
  const found = parseServiceArguments(words);
  if (found === undefined) {
    process.stderr.write('usage: service.js --data FOLDER [--idle-seconds N] [--parent-pid N] | --version\n');
    process.exitCode = exitCodes.usage;
    return;
  }
  runService({ ...found, codeFolder: __dirname, openParts: (context) => openParts(context, { codeFolder: __dirname }) }).catch((error: unknown) => {
    // There may be no log yet; the program that started this reads the same file.
    process.stderr.write(`Error: ${describeError('en', error)}\n`);
    process.exitCode = exitCodes.failed;
    process.exit();
  });
}

/**
 * How much the heap may grow between collections, as the most that V8 would choose by itself. V8 counts the memory of packages
 * on their way beside a heap of 15 MB, and would collect the whole heap for each 10 MB of them: a third of a transfer's time.
 */
setFlagsFromString('--heap-growing-percent=300');
main(process.argv.slice(2));
