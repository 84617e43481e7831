// The official client and nothing else: what the node and the client can do, in a process of its own as the api's is.
import { EventStoreDBClient, jsonEvent, NO_STREAM, START } from '@eventstore/db-client';
import { submittedEvent } from './deals.mjs';
import { keepInFlight, serveJobs } from './inflight.mjs';
import { registrationStream } from './registration-stream.mjs';

const client = EventStoreDBClient.connectionString(process.argv[2]);

/** A stream of its own per append, of no category of the product: nobody follows them. */
const append = (n) => {
  const event = submittedEvent(n);
  return client.appendToStream(`bench-demo.${event.id}`, [jsonEvent(event)], { expectedRevision: NO_STREAM });
};

/** A registration's whole life at once. */
const appendStream = (n) => {
  const { stream, events } = registrationStream(n);
  return client.appendToStream(
    stream,
    events.map((event) => jsonEvent(event)),
    { expectedRevision: NO_STREAM },
  );
};

const readAll = async ({ maxCount }) => {
  const began = performance.now();
  let events = 0;
  for await (const { event } of client.readAll({ fromPosition: START, maxCount })) if (event) events += 1;
  const peakMemoryMb = process.resourceUsage().maxRSS / 1_024;
  return { events, seconds: (performance.now() - began) / 1_000, peakMemoryMb };
};

const jobs = {
  append: (load) => keepInFlight(append, load),
  streams: (load) => keepInFlight(appendStream, load),
  readAll,
};
serveJobs(async ({ kind, ...load }) => {
  const before = process.cpuUsage();
  const result = await jobs[kind](load);
  const { user, system } = process.cpuUsage(before);
  return { ...result, cpuSeconds: (user + system) / 1e6 };
});
