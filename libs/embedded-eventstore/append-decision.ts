import { type Expected, TOMBSTONE } from './messages.js';
import { isSoftDeleted, metastreamOf, type StreamMetadata } from './stream-metadata.js';

/** What the decision about a write looks at: the log with everything that is decided but not yet finished. */
export interface StreamView {
  last(stream: string): number;
  metadata(stream: string): StreamMetadata;
  /** Where an id was written first, if it is one of the recent ones. */
  recent(id: string): { stream: string; revision: number } | undefined;
  idAt(stream: string, revision: number): string | undefined;
}

export type AppendDecision =
  | { readonly kind: 'write'; readonly revives: boolean }
  /** Everything was written before; `revision` is that of the last id. */
  | { readonly kind: 'repeated'; readonly revision: number }
  | { readonly kind: 'wrong-version'; readonly current: number }
  | { readonly kind: 'deleted' }
  /** The ids are known in an order that no append can have had. */
  | { readonly kind: 'disordered' };

/** Whether events with these ids may be appended to the stream. A pure function of the view. */
export function decideAppend(
  view: StreamView,
  stream: string,
  expected: Expected,
  ids: readonly string[],
): AppendDecision {
  const current = view.last(stream);
  if (current === TOMBSTONE) return { kind: 'deleted' };
  const revives = isSoftDeleted(view.metadata(stream));
  if (expected === 'stream_exists') {
    if (revives) return { kind: 'deleted' };
    if (current < 0 && view.last(metastreamOf(stream)) < 0) return { kind: 'wrong-version', current };
  }
  if (expected === 'any' || expected === 'stream_exists') return decideByRecentIds(view, stream, current, ids, revives);
  const after = expected === 'no_stream' ? -1 : expected;
  if (after === current) return { kind: 'write', revives };
  if (after > current || ids.length === 0) return { kind: 'wrong-version', current };
  const same = ids.findIndex((id, n) => view.idAt(stream, after + 1 + n) !== id);
  if (same === -1) return { kind: 'repeated', revision: after + ids.length };
  if (same === 0 && expected === 'no_stream' && revives) return { kind: 'write', revives };
  return { kind: 'wrong-version', current };
}

function decideByRecentIds(
  view: StreamView,
  stream: string,
  current: number,
  ids: readonly string[],
  revives: boolean,
): AppendDecision {
  let first: number | undefined;
  let last = -1;
  for (const id of ids) {
    const known = view.recent(id);
    if (known?.stream !== stream)
      return first === undefined ? { kind: 'write', revives } : { kind: 'wrong-version', current };
    last = known.revision;
    first ??= last;
  }
  if (first === undefined) return { kind: 'write', revives };
  return last < first - 1 ? { kind: 'disordered' } : { kind: 'repeated', revision: last };
}
