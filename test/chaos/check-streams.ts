import type { LogEvent } from './log-reader.js';

/** Positions rise, each stream counts from 0 without a gap, no id is there twice, and time never runs backwards in a stream. */
export const checkStreams = (log: readonly LogEvent[]): string[] => {
  const faults: string[] = [];
  const streams = new Map<string, { revision: number; at: string }>();
  const ids = new Set<string>();
  let position = -1n;
  for (const event of log) {
    const where = `${event.type} in ${event.stream}@${event.revision}`;
    if (event.position <= position) faults.push(`${where}: its position ${event.position} is not after ${position}`);
    position = event.position;
    if (ids.has(event.id)) faults.push(`${where}: its id ${event.id} is there twice`);
    ids.add(event.id);
    const before = streams.get(event.stream);
    const due = (before?.revision ?? -1) + 1;
    if (event.revision !== due) faults.push(`${where}: revision ${due} was due`);
    const at = String(event.metadata['at']);
    if (before && at < before.at) faults.push(`${where}: at ${at}, the one before it at ${before.at}`);
    streams.set(event.stream, { revision: event.revision, at });
  }
  return faults;
};

/** What a reader saw while the log was written is there at the end, at the same place. `seen`: ids by position. */
export const checkSeen = (log: readonly LogEvent[], seen: ReadonlyMap<bigint, string>): string[] => {
  const now = new Map(log.map(({ position, id }) => [position, id]));
  return [...seen].flatMap(([position, id]) =>
    now.get(position) === id
      ? []
      : [`a reader saw ${id} at ${position}, where now is ${now.get(position) ?? 'nothing'}`],
  );
};
