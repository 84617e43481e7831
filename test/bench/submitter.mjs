// Submits registrations through the api as 40 partners, over connections that are kept open.
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { dealOf, partnerOf, partners } from './deals.mjs';
import { keepInFlight, serveJobs } from './inflight.mjs';

// several apis are asked in turn
const urls = process.argv.slice(2).map((url) => new URL(url));
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const tokenOf = async (persona) => {
  const answer = await fetch(new URL('/demo/token', urls[0]), {
    method: 'POST',
    body: new URLSearchParams({ persona }),
  });
  return (await answer.json()).access_token;
};
const tokens = new Map(
  await Promise.all(partners.map(async (partner) => [partner, `Bearer ${await tokenOf(partner)}`])),
);

/** Resolves to the id of the registration. */
const submit = (n, keyed) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = urls[n % urls.length];
    const body = Buffer.from(JSON.stringify({ ...dealOf(n), submit: true }));
    const headers = {
      authorization: tokens.get(partnerOf(n)),
      'content-type': 'application/json',
      'content-length': body.length,
      ...(keyed && { 'idempotency-key': crypto.randomUUID() }),
    };
    const post = request({ hostname, port, agent, method: 'POST', path: '/v1/registrations', headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.once('error', reject);
      answer.once('end', () => {
        const text = Buffer.concat(parts).toString();
        if (answer.statusCode === 201) resolve(JSON.parse(text).id);
        else reject(new Error(`a submission was answered ${answer.statusCode} ${text.slice(0, 500)}`));
      });
    });
    post.once('error', reject);
    post.end(body);
  });

/** One each 1/perSecond s whether or not those before it are answered; `sentAt` is when each was due, in epoch ms. */
const atRate = async ({ perSecond, seconds, from }) => {
  const began = performance.now();
  const sent = Array.from({ length: perSecond * seconds }, async (_, index) => {
    const due = began + (index * 1_000) / perSecond;
    await pause(due - performance.now());
    const id = await submit(from + index, false);
    return { id, sentAt: performance.timeOrigin + due, answeredMs: performance.now() - due };
  });
  return { sent: await Promise.all(sent), next: from + sent.length };
};

serveJobs(({ kind, keyed = false, ...load }) =>
  kind === 'rate' ? atRate(load) : keepInFlight((n) => submit(n, keyed), load),
);
