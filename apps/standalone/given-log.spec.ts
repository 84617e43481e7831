import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { EmbeddedEventStore } from '../../libs/embedded-eventstore/embedded-event-store.js';
import { freePort } from '../../libs/platform/postgres/embedded-postgres.js';
import { probeLog } from './given-log.js';

const at = (port: number) => ({
  EVENTSTORE_URL: `esdb://me:secret@127.0.0.1:${port}?tls=false`,
  DATABASE_URL: 'postgres://here/tiebreak',
});

describe('an event log of the user’s own', () => {
  it('is let pass when it answers', async () => {
    const node = await EmbeddedEventStore.start();
    await expect(probeLog(at(node.port))).resolves.toBeUndefined();
    await node.close();
  });

  it('is refused in one line when it is down, without its password', async () => {
    const port = await freePort();
    await expect(probeLog(at(port))).rejects.toThrow(
      new RegExp(
        `^the event log esdb://me:\\*\\*\\*@127\\.0\\.0\\.1:${port}\\?tls=false does not answer \\(.+\\): start it, or unset EVENTSTORE_URL .*$`,
      ),
    );
  });

  it('is refused in one line when it says nothing', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on('error', () => socket.destroy())));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await expect(probeLog(at(port), 200)).rejects.toThrow(/does not answer \(silent for 0\.2 s\): start it/);
    for (const socket of sockets) socket.destroy();
    server.close();
  });
});
