import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { until } from '../support/until.js';
import { type Due, faultsOf } from './faults.js';
import { type Proxy, startProxy } from './proxy.js';

const first = (seed: string, count: number): Due[] => {
  const faults = faultsOf(seed);
  return Array.from({ length: count }, () => faults.next().value);
};

describe('the faults of a seed', () => {
  it('are the same each time, and others for another seed', () => {
    expect(first('7', 200)).toEqual(first('7', 200));
    expect(first('7', 20)).not.toEqual(first('8', 20));
  });

  it('have every kind among them, kills of everything', () => {
    const faults = first('7', 500).map(({ fault }) => fault);
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(
      new Set(['kill', 'stall', 'delay', 'cut', 'deafen', 'clock']),
    );
    const killed = faults.flatMap((fault) => (fault.kind === 'kill' ? [fault.of] : []));
    expect(new Set(killed)).toEqual(new Set(['api', 'worker', 'node', 'postgres']));
  });
});

describe('a line to a store', () => {
  let server: Server;
  let line: Proxy;
  let socket: Socket;
  let heard = '';
  let ended = false;

  beforeEach(async () => {
    // says everything back
    server = createServer((peer) => peer.on('error', () => undefined).pipe(peer)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    line = await startProxy(typeof address === 'object' && address ? address.port : 0);
    [heard, ended] = ['', false];
    socket = connect(line.port, '127.0.0.1');
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    socket.on('error', () => undefined).on('close', () => (ended = true));
    socket.write('a');
    await until('the first echo', () => heard === 'a');
  });
  afterEach(async () => {
    socket.destroy();
    await until('its end', () => ended);
    await line.close();
    server.close();
  });

  it('passes all there is, in order, after it stalled', async () => {
    const began = performance.now();
    line.stall(300);
    for (const text of ['b', 'c', 'd']) socket.write(text);
    await until('the rest', () => heard === 'abcd');
    expect(performance.now() - began).toBeGreaterThan(250);
  });

  it('keeps an end back, too, while it stalls', async () => {
    line.stall(300);
    const began = performance.now();
    socket.end();
    await until('its end', () => ended);
    expect(performance.now() - began).toBeGreaterThan(250);
  });

  it('ends when it is cut', async () => {
    line.cut();
    await until('its end', () => ended);
  });

  it('loses the answers once it is deaf, and ends', async () => {
    line.deafen(200);
    socket.write('lost');
    await until('its end', () => ended);
    expect(heard).toBe('a');
  });
});
