import type { Entry } from './ledger.js';
import { type LogEvent, partsOf } from './log-reader.js';

const categories = ['registration', 'conflict', 'direct'];

/** The events of what somebody asked for, as against those that a processor or a step of the same request added. */
const isAsked = ({ stream, metadata }: LogEvent): boolean =>
  categories.includes(partsOf(stream)?.category ?? '') &&
  metadata['$causationId'] === metadata['commandId'] &&
  !String(metadata['actor']).startsWith('system:');

/**
 * Every acknowledged command is in the log exactly once, at the revision and position that were answered, upon the revision
 * that its sender had seen; a refused one not at all; an unanswered one at most once; and nothing is there that nobody sent.
 */
export const checkCommands = (log: readonly LogEvent[], ledger: readonly Entry[]): string[] => {
  const byTrace = new Map<string, LogEvent[]>();
  for (const event of log.filter(isAsked)) {
    const trace = String(event.metadata['$correlationId']);
    byTrace.set(trace, [...(byTrace.get(trace) ?? []), event]);
  }
  const faults = ledger.flatMap((entry) =>
    faultsOf(entry, byTrace.get(entry.trace) ?? []).map(
      (what) =>
        `command ${entry.n} (${entry.persona} ${entry.method} ${entry.path}, ${entry.attempts} attempts, answered ${entry.answer?.status ?? 'never'} ${entry.answer?.code ?? ''}): ${what}`,
    ),
  );
  const sent = new Set(ledger.map(({ trace }) => trace));
  for (const [trace, [first]] of byTrace)
    if (!sent.has(trace)) faults.push(`${first!.type} in ${first!.stream}@${first!.revision}: nobody sent it`);
  return faults;
};

const faultsOf = (entry: Entry, events: readonly LogEvent[]): string[] => {
  const { answer, effects, ifMatch, mayBeIdle } = entry;
  const faults: string[] = [];
  const [first, last] = [events[0], events.at(-1)];
  const said = events.map(({ type, stream, revision }) => `${type} ${stream}@${revision}`).join(', ');
  const types = events.map(({ type }) => type);
  if (new Set(types).size < types.length || new Set(events.map(({ metadata }) => metadata['commandId'])).size > 1)
    faults.push(`doubled: ${said}`);
  if (new Set(events.map(({ stream }) => stream)).size > 1) faults.push(`in several streams: ${said}`);
  if (events.some(({ revision }, index) => revision !== first!.revision + index)) faults.push(`torn: ${said}`);
  if (first && ifMatch !== null && first.revision !== ifMatch + 1) faults.push(`not upon revision ${ifMatch}: ${said}`);
  if (first && !types.some((type) => effects.includes(type))) faults.push(`another effect: ${said}`);
  if (!answer) return faults;

  if (answer.status >= 300) return events.length > 0 ? [...faults, `refused, and yet: ${said}`] : faults;
  if (!first || !last) return mayBeIdle ? faults : [...faults, 'lost'];
  const id = entry.id ?? answer.id;
  const of = partsOf(first.stream);
  if (of?.id !== id || of?.category !== entry.category) faults.push(`in another stream: ${said}`);
  // others may have written since: the answer about a case is read after the command, and what has no key finds at its
  // repeat its work done and answers what is there by then
  const readLater = entry.category === 'conflict' || (entry.key === null && entry.attempts > 1);
  const isLater = readLater && (answer.revision ?? -1) > last.revision;
  if (!isLater && (answer.revision !== last.revision || answer.position !== String(last.position)))
    faults.push(`answered revision ${answer.revision} at ${answer.position}, the log has ${said} at ${last.position}`);
  return faults;
};
