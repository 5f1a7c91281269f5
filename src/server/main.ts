import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './startServer';

/** Bytes; the vendor's own are far below. */
const longestNeighbour = 1024 * 1024;

/** Reads a file beside another one, as far as both are files of this machine. */
async function readBeside(uri: string, name: string): Promise<string | undefined> {
  try {
    const path = fileURLToPath(new URL(name, uri));
    return (await stat(path)).size <= longestNeighbour ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

// Standard input and output, or the channel of the parent process: the command line says which.
startServer(createConnection(ProposedFeatures.all), readBeside);
