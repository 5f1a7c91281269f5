import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A link to a server on which a peer can vanish as behind a cut cable: no byte gets through any more, and nobody is told. */
export interface Relay {
  readonly port: number;
  /** From now on nothing gets through on the connections that are open; new ones get through, or are silent as well. */
  vanish(newOnes: 'pass' | 'silent'): void;
  close(): Promise<void>;
}

export async function startRelay({ address, port }: { readonly address: string; readonly port: number }): Promise<Relay> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    sockets.add(near.on('error', () => undefined));
    // Taken and never answered.
    if (isSilent) return;
    const far = connect(port, address);
    sockets.add(far.on('error', () => undefined));
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    vanish(newOnes) {
      isSilent = newOnes === 'silent';
      for (const socket of sockets) socket.unpipe().removeAllListeners('end').removeAllListeners('data').pause();
    },
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
}
