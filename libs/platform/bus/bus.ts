/** A CloudEvent in Kafka's binary mode: its attributes are headers, its data is the JSON value. */
export type BusMessage = {
  readonly topic: string;
  readonly key: string;
  /** `ce_id` is the event's id: who reads drops what comes twice by it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Readonly<Record<string, unknown>>;
};

/**
 * Where public messages go: `kafka-bus.ts` or `file-bus.ts`, with the same content. What both promise:
 * 1. Messages that were published are there to stay, those of one key in the order in which they were given.
 * 2. At least once: who doesn't know whether they were published, publishes them again.
 * 3. Whatever waiting can cure is a `Transient`; an {@link OversizeMessage} is refused before anything is written.
 *
 * A topic has one publisher at a time, which waits for one `publish` before the next.
 */
export type Bus = {
  readonly publish: (messages: readonly BusMessage[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Bytes of one message at most, headers included: what a broker takes as it comes is 1 MiB. */
export const maxMessageBytes = 1_000_000;

/** More than any broker takes; waiting cures nothing. */
export class OversizeMessage extends Error {
  constructor({ topic, headers }: BusMessage, bytes: number) {
    super(
      `event ${headers['ce_id']} (${headers['ce_type']}) makes a message of ${bytes} bytes for topic ${topic}; ` +
        `the limit is ${maxMessageBytes}`,
    );
  }
}

export type Encoded = { readonly message: BusMessage; readonly text: string; readonly bytes: number };

const recordOverhead = 64;

/** The value as text and what the whole takes; throws {@link OversizeMessage}. */
export const encode = (message: BusMessage): Encoded => {
  const text = JSON.stringify(message.value);
  let bytes = Buffer.byteLength(text) + Buffer.byteLength(message.key) + recordOverhead;
  for (const [name, value] of Object.entries(message.headers)) bytes += name.length + Buffer.byteLength(value) + 4;
  if (bytes > maxMessageBytes) throw new OversizeMessage(message, bytes);
  return { message, text, bytes };
};
