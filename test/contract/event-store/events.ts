import { randomUUID } from 'node:crypto';
import {
  type AllStreamResolvedEvent,
  type AppendResult,
  type EventData,
  type EventStoreDBClient,
  jsonEvent,
  type Position,
} from '@eventstore/db-client';

/** A stream name that no other test has. */
export const newStream = (kind = 'deal') => `${kind}-${randomUUID()}`;

export const event = (n: number, type = 'happened'): EventData =>
  jsonEvent({ type, data: { n }, metadata: { by: 'test' } });

export const events = (count: number, type?: string) => Array.from({ length: count }, (_, n) => event(n, type));

export function positionOf(result: AppendResult): Position {
  if (!result.position) throw new Error('the append has no position');
  return result.position;
}

type Subscription =
  ReturnType<EventStoreDBClient['subscribeToAll']> | ReturnType<EventStoreDBClient['subscribeToStream']>;

/**
 * Takes what a subscription says, in order, until `enough`; then ends it. An event is heard as "stream@revision".
 * `told` is called with each line and may act on it.
 */
export async function listen(
  subscription: Subscription,
  enough: (heard: string[]) => boolean,
  told: (line: string) => void = () => undefined,
): Promise<string[]> {
  const heard: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const hear = (line: string) => {
      heard.push(line);
      told(line);
      if (enough(heard)) resolve();
    };
    subscription.on('error', reject);
    subscription.on('confirmation', () => hear('confirmed'));
    subscription.on('caughtUp', () => hear('caught up'));
    const data = ({ event: one }: Pick<AllStreamResolvedEvent, 'event'>) =>
      hear(one ? `${one.streamId}@${one.revision}` : 'nothing');
    (subscription as ReturnType<EventStoreDBClient['subscribeToAll']>).on('data', data);
  });
  await subscription.unsubscribe();
  return heard;
}
