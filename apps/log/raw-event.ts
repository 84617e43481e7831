/** An event as a server stores it: its bytes are kept as they are, whatever they say. */
export type RawEvent = {
  readonly stream: string;
  /** {@link tombstone} for the event that ends a stream for ever. */
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
  /** 100 ns since 1970, decimal, by the clock of the server that holds it; a copy gets a new one. */
  readonly created: string;
  /** Of $all; of an event from a file, the bytes up to the end of its line. Only good for its own log or file. */
  readonly position: number;
};

export const tombstone = 2 ** 63;
export const isMetastream = (stream: string): boolean => stream.startsWith('$$');
export const metastreamOf = (stream: string): string => `$$${stream}`;
export const originalOf = (metastream: string): string => metastream.slice(2);
export const named = ({ stream, revision, type }: RawEvent): string =>
  `${type} ${revision === tombstone ? 'at the end' : revision} of ${stream}`;

const ofTheServer =
  /^\$(stats-|user|projections-|scavenges|streams$|ce-|et$|et-|bc-|category-|persistent|epoch-|mem-|authorization-|policies|telemetry)/;

/**
 * Written by a server for itself (statistics, users, projections and what they link, subscriptions): another one has its
 * own. Everything else, other streams with a dollar included, belongs to the log.
 */
export const isOfTheServer = (stream: string): boolean =>
  stream.startsWith('$') && ofTheServer.test(isMetastream(stream) ? originalOf(stream) : stream);

/** The metadata that `event` gives its stream, undefined where it is no object. */
export const metadataIn = ({ json, data }: RawEvent): Record<string, unknown> | undefined => {
  if (!json) return undefined;
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};

/** Says that the stream is softly deleted. */
export const deletes = (event: RawEvent): boolean => metadataIn(event)?.['$tb'] === tombstone;
