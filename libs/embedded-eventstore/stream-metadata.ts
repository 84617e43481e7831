import { TOMBSTONE } from './messages.js';

/** What a stream's `$metadata` says about which of its events are seen. */
export interface StreamMetadata {
  readonly maxCount?: number;
  /** Seconds. */
  readonly maxAge?: number;
  /** Events below this revision are not seen; `TOMBSTONE` for a stream that was (softly) deleted. */
  readonly truncateBefore?: number;
}

const NONE: StreamMetadata = {};

export const isMetastream = (stream: string) => stream.startsWith('$$');
export const metastreamOf = (stream: string) => `$$${stream}`;
export const originalOf = (metastream: string) => metastream.slice(2);
export const isSoftDeleted = (metadata: StreamMetadata) => metadata.truncateBefore === TOMBSTONE;

/** A metadata stream shows its last event only. */
export const METASTREAM_METADATA: StreamMetadata = { maxCount: 1 };

/** Written to the metadata stream when a stream is deleted. */
export const SOFT_DELETED = Buffer.from('{"$tb":9223372036854775807}');

/** Reads the JSON of a metadata event; anything that is not as it should be makes the whole of it count for nothing. */
export function parseMetadata(data: Buffer): StreamMetadata {
  const json = jsonObject(data);
  if (!json) return NONE;
  const whole = (key: string, least: number) => {
    const value = json[key];
    return value === undefined || (Number.isInteger(value) && (value as number) >= least);
  };
  const acl = json['$acl'];
  const valid =
    whole('$maxCount', 1) &&
    whole('$maxAge', 1) &&
    whole('$tb', 0) &&
    whole('$cacheControl', 1) &&
    (acl === undefined || (typeof acl === 'object' && acl !== null));
  if (!valid) return NONE;
  const [maxCount, maxAge, tb] = [json['$maxCount'], json['$maxAge'], json['$tb']] as (number | undefined)[];
  return {
    ...(maxCount !== undefined && { maxCount }),
    ...(maxAge !== undefined && { maxAge }),
    ...(tb !== undefined && { truncateBefore: Math.min(tb, TOMBSTONE) }),
  };
}

/** The metadata of a deleted stream that is written to again: it is seen from `revision` on. */
export function revived(data: Buffer, revision: number): Buffer | undefined {
  const json = jsonObject(data);
  return json && Buffer.from(JSON.stringify({ ...json, $tb: revision }));
}

function jsonObject(data: Buffer): Record<string, unknown> | undefined {
  if (data.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The lowest revision that may be seen, given the stream's last one. */
export function firstVisible(last: number, { maxCount, truncateBefore }: StreamMetadata): number {
  return Math.max(0, truncateBefore ?? 0, maxCount === undefined ? 0 : last - maxCount + 1);
}
