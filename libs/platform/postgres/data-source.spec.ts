import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { openDatabase } from './data-source.js';

const message = (type: string, body: Buffer) => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const dying = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'),
);
const welcome = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))]);

it('outlives a server that dies in the moment in which it lets one in', async () => {
  const server = createServer((peer) => {
    peer.on('error', () => undefined);
    peer.once('data', () => peer.end(Buffer.concat([welcome, dying])));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const opening = openDatabase(`postgres://someone@127.0.0.1:${port}/any`, { entities: [], migrations: [] });
  await expect(opening).rejects.toThrow(/not queryable|terminat/);
  server.close();
});
