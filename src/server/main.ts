import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { longestFile } from './filesBeside';
import { startServer } from './startServer';

async function readLocal(uri: string): Promise<Uint8Array | undefined> {
  try {
    const path = fileURLToPath(uri);
    return (await stat(path)).size <= longestFile ? await readFile(path) : undefined;
  } catch {
    return undefined;
  }
}

// Standard input and output, or the channel of the parent process: the command line says which.
startServer(createConnection(ProposedFeatures.all), readLocal);
