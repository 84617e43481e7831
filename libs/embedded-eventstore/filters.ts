import { CallError, Status } from './grpc.js';
import { type FilterOptions } from './messages.js';
import { streamBytesOf, typeBytesOf } from './recorded-event.js';

/** Whether a RecordedEvent passes. */
export type EventFilter = (message: Buffer) => boolean;

/** The filter of a request. A regular expression wins over prefixes; both look at names as they are written. */
export function eventFilter({ on, regex, prefixes }: FilterOptions): EventFilter {
  const nameOf = on === 'stream' ? streamBytesOf : typeBytesOf;
  if (regex) {
    const pattern = expression(regex);
    return (message) => pattern.test(nameOf(message).toString('utf8'));
  }
  const starts = prefixes.map((prefix) => Buffer.from(prefix));
  return (message) => {
    const name = nameOf(message);
    return starts.some(
      (start) => start.length <= name.length && name.compare(start, 0, start.length, 0, start.length) === 0,
    );
  };
}

function expression(regex: string): RegExp {
  try {
    return new RegExp(regex);
  } catch (error) {
    throw new CallError(Status.invalidArgument, (error as Error).message);
  }
}
