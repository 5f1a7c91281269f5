import type { Socket } from 'node:net';
import { createMessageConnection, NullLogger, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';

/** JSON-RPC over a local socket whose two sides have proven themselves. */
export function createSocketConnection(socket: Socket): MessageConnection {
  const reader = new StreamMessageReader(socket);
  // The reader's watch over half a message is a timer that starts itself again for ever when the rest never comes, as
  // after a kill: a command line could not end.
  reader.partialMessageTimeout = 0;
  return createMessageConnection(reader, new StreamMessageWriter(socket), NullLogger);
}
