// The real package service on a disk that ends it as the file `kill-plan.json` beside the data folder says.
import { join } from 'node:path';
import { openParts } from '../../src/service/lifecycle/openParts';
import { runService } from '../../src/service/lifecycle/runService';
import { parseServiceArguments } from '../../src/service/lifecycle/serviceArguments';
import { createKillingFiles } from './killingFiles';

const found = parseServiceArguments(process.argv.slice(2));
if (found === undefined) throw new Error('usage: killingService --data FOLDER');
const beside = join(found.data, '..');
void runService({
  ...found, codeFolder: __dirname,
  openParts: (context) => openParts(context, { codeFolder: __dirname, files: createKillingFiles(join(beside, 'kill-plan.json'), join(beside, 'transitions')) }),
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
