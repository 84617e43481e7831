import type { Processor } from '../processors/processor.js';
import type { Bus } from './bus.js';
import { cloudEvent, topicOf } from './cloud-event.js';
import { type Messages, toldBy } from './messages.js';

export type Publishing = {
  /** Durable key of its checkpoint; never reused. */
  readonly name: string;
  readonly messages: Messages;
  readonly bus: Bus;
  readonly topicPrefix: string;
};

/** Publishes what `messages` tell, in the order of the log; the checkpoint follows once the bus has them. */
export const publisher = ({ name, messages, bus, topicPrefix }: Publishing): Processor => {
  const topic = topicOf(topicPrefix, messages.slice);
  return {
    name,
    role: 'publishers',
    batchLimit: 1_000,
    concerns: (event) => Object.hasOwn(messages.of, event.type),
    async handle(batch) {
      const told = batch.flatMap((event) => {
        const message = toldBy(messages, event);
        return message ? [cloudEvent(topic, event, message)] : [];
      });
      if (told.length > 0) await bus.publish(told);
    },
  };
};
