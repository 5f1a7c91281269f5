import { createTerminal } from './terminal';
import { runCommandLine } from './runCommandLine';

// A reader that goes away (`gaxpkg list | head`) is no fault of ours, and changes nothing of the work and its exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

void runCommandLine(process.argv.slice(2), {
  terminal: createTerminal(process.stdin, process.stdout, process.stderr),
  environment: process.env,
  // The bundle lies beside those of the service.
  serviceFiles: __dirname,
  runtime: process.execPath,
}).then((code) => {
  process.exitCode = code;
});
