import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that can lose what travels on it without a word, as a firewall or a dead switch does. */
export type SwallowingProxy = {
  readonly port: number;
  /** From now on nothing comes through on the present connections, not even their end; new ones work. */
  swallow(): void;
  close(): Promise<void>;
};

export const startSwallowingProxy = async (target: number): Promise<SwallowingProxy> => {
  const open = new Set<Socket>();
  let generation = 0;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const born = generation;
    const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('data', (bytes) => born === generation && to.write(bytes));
      from.on('end', () => born === generation && to.end());
      from.on('error', () => undefined);
      from.on('close', () => {
        open.delete(from);
        if (born === generation) to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    swallow: () => void (generation += 1),
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
};
