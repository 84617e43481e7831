import type { IncomingMessage } from 'node:http';

const mostBytes = 64 * 1024 * 1024;
const longestMs = 10_000;

/**
 * Takes in what is left of a body that nobody will look at, up to 64 MB or 10 s: a connection that is closed on a client
 * that still sends cuts it off from the answer.
 */
export const takeIn = (body: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    if (body.complete || body.readableEnded || body.destroyed) return resolve();
    let bytes = 0;
    const enough = () => {
      clearTimeout(timer);
      for (const event of ['end', 'close', 'error']) body.off(event, enough);
      body.off('data', count).pause();
      resolve();
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) enough();
    };
    const timer = setTimeout(enough, longestMs);
    for (const event of ['end', 'close', 'error']) body.once(event, enough);
    body.on('data', count).resume();
  });
