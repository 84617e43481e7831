import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line between one program and one store, with the troubles of a network. */
export type Proxy = {
  readonly port: number;
  /** Nothing passes for `ms`, ends of connections neither; then all that waited does. */
  stall(ms: number): void;
  /** Whatever passes within the next `ms` comes `by` ms later. */
  delay(ms: number, by: number): void;
  /** Every connection ends now. */
  cut(): void;
  /** What the store says is lost from now on; after `ms` the connections end. */
  deafen(ms: number): void;
  close(): Promise<void>;
};

type Line = { readonly near: Socket; readonly far: Socket; deaf: boolean };

/** Passes bytes between 127.0.0.1:`port` (any free one) and 127.0.0.1:`to`. */
export const startProxy = async (to: number): Promise<Proxy> => {
  const lines = new Set<Line>();
  let stalledUntil = 0;
  let [slowUntil, slowBy] = [0, 0];

  const wait = () => {
    const now = performance.now();
    return Math.max(stalledUntil - now, now < slowUntil ? slowBy : 0, 0);
  };
  /** In order: nothing overtakes what still waits. */
  const inOrder = () => {
    let waiting: Promise<void> | undefined;
    return (act: () => void) => {
      const ms = wait();
      if (!waiting && ms === 0) return act();
      const before = waiting ?? Promise.resolve();
      const mine: Promise<void> = before
        .then(() => new Promise<void>((due) => setTimeout(due, wait()).unref()))
        .then(() => {
          act();
          if (waiting === mine) waiting = undefined;
        });
      waiting = mine;
    };
  };
  const join = (line: Line, from: Socket, into: Socket) => {
    const pass = inOrder();
    from.on('data', (bytes) => {
      // paused until it is through, so that a stalled line holds its sender back as a full window does
      from.pause();
      pass(() => {
        if (!into.destroyed && !(line.deaf && from === line.far)) into.write(bytes);
        from.resume();
      });
    });
    from.on('end', () => pass(() => into.end()));
    from.on('error', () => undefined);
    from.on('close', () => pass(() => into.destroy()));
  };

  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true });
    const line: Line = { near, far, deaf: false };
    lines.add(line);
    for (const socket of [near, far]) socket.setNoDelay(true);
    join(line, near, far);
    join(line, far, near);
    near.once('close', () => lines.delete(line));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');

  const end = (some: Iterable<Line>) => {
    for (const { near, far } of some) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: address.port,
    stall: (ms) => void (stalledUntil = Math.max(stalledUntil, performance.now() + ms)),
    delay: (ms, by) => void ([slowUntil, slowBy] = [performance.now() + ms, by]),
    cut: () => end(lines),
    deafen: (ms) => {
      const now = [...lines];
      for (const line of now) line.deaf = true;
      setTimeout(() => end(now), ms).unref();
    },
    async close() {
      server.close();
      end(lines);
      await once(server, 'close');
    },
  };
};
