import { v5 } from 'uuid';
import type { BusMessage } from '../../../libs/platform/bus/bus.js';

/** Message `n` of key `k`, whose id follows from both; `bytes` of filler on top. */
export const numbered = (topic: string, key: string, n: number, bytes = 0): BusMessage => ({
  topic,
  key,
  headers: {
    ce_specversion: '1.0',
    ce_id: v5(`${key}/${n}`, v5.URL),
    ce_source: '/tiebreak/demo',
    ce_type: 'thing.counted.v1',
    ce_subject: key,
    'content-type': 'application/json',
  },
  value: { n, name: 'Zażółć "gęślą"\njaźń 🙂', ...(bytes > 0 && { filler: 'x'.repeat(bytes) }) },
});

/** A message as read back from a topic. */
export type Found = Omit<BusMessage, 'topic'>;

/** Without the repeats: the first of each `ce_id` stays. */
export const deduped = (found: readonly Found[]): Found[] => {
  const ids = new Set<string | undefined>();
  return found.filter(({ headers }) => !ids.has(headers['ce_id']) && ids.add(headers['ce_id']));
};

/** The numbers of each key in the order found. */
export const numbersByKey = (found: readonly Found[]): Record<string, number[]> => {
  const numbers: Record<string, number[]> = {};
  for (const { key, value } of found) (numbers[key] ??= []).push(Number(value['n']));
  return numbers;
};

export const countTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
