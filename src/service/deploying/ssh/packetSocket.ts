import { Socket } from 'node:net';

/**
 * A TCP socket for the SSH library, which hands over every packet in three small writes (length, data, tag): all that
 * comes within one turn of the event loop leaves in one system call. With Nagle's algorithm off, as it must be for
 * answers to come at once, each part would else travel alone.
 */
export function createPacketSocket(): Socket {
  const socket = new Socket();
  socket.setNoDelay(true);
  let gathering = false;
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = (...args: unknown[]): boolean => {
    if (!gathering) {
      gathering = true;
      socket.cork();
      process.nextTick(() => {
        gathering = false;
        socket.uncork();
      });
    }
    return write(...args);
  };
  return socket;
}
