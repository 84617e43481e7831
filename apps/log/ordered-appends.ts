import { randomUUID } from 'node:crypto';
import { CannotFinish } from './failures.js';
import { named, type RawEvent } from './raw-event.js';
import { answerIn, appendRequest } from './raw-messages.js';
import { type AppendCall, type RawLog, reasonOf } from './raw-log.js';

const patienceMs = 10_000;
const inFlight = { appends: 256, bytes: 8 << 20 };

export const sizeOf = ({ data, metadata, type }: RawEvent): number => data.length + metadata.length + 2 * type.length;

type Pending = { readonly events: readonly RawEvent[]; readonly bytes: number };

/**
 * Appends that take effect in the order they were sent in, though many are under way at once. All go over one call, which
 * a server works off in order; it goes to the node that writes, never over another one, so that what a change of leader
 * loses is the end of them and nothing between; the first one goes alone, as a node that is just starting refuses some;
 * after a failure none is sent any more.
 */
export class OrderedAppends {
  private call: AppendCall | undefined;
  private readonly pending = new Map<string, Pending>();
  private bytes = 0;
  private answered = false;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;
  private heard = performance.now();

  constructor(private readonly log: RawLog) {}

  /** Sends the events of one stream as one append, behind its event before them; rejects with the first failure there was. */
  async send(events: readonly RawEvent[]): Promise<void> {
    const [first] = events as readonly [RawEvent, ...RawEvent[]];
    const bytes = events.reduce((sum, event) => sum + sizeOf(event), 0);
    await this.until(
      () =>
        this.pending.size === 0 ||
        (this.answered && this.pending.size < inFlight.appends && this.bytes + bytes <= inFlight.bytes),
    );
    const call = (this.call ??= await this.open());
    const correlation = randomUUID();
    this.pending.set(correlation, { events, bytes });
    this.bytes += bytes;
    if (this.pending.size === 1) this.heard = performance.now();
    const deadline = Date.now() + patienceMs;
    call.write(appendRequest(correlation, first.stream, first.revision - 1, events, deadline));
  }

  /** Everything sent has taken effect. */
  async settled(): Promise<void> {
    await this.until(() => this.pending.size === 0);
  }

  /** Lets what is under way come to its end, good or bad. */
  async close(): Promise<void> {
    await this.settled().catch(() => undefined);
    if (this.failure) this.call?.cancel();
    else this.call?.end();
  }

  private async open(): Promise<AppendCall> {
    const call = await this.log.openAppends();
    call.on('data', (response: Buffer) => this.hear(response));
    call.on('error', (fault: Error) => this.fail(`${this.log.name} broke off (${reasonOf(fault)})`));
    call.on('end', () => this.pending.size > 0 && this.fail(`${this.log.name} ended the call`));
    return call;
  }

  private hear(response: Buffer): void {
    const { correlation, failure } = answerIn(response);
    const append = this.pending.get(correlation);
    if (!append) return;
    this.pending.delete(correlation);
    this.bytes -= append.bytes;
    this.heard = performance.now();
    if (failure) this.failure ??= refusal(append.events, this.log.name, failure);
    else this.answered = true;
    this.wake();
  }

  private fail(why: string): void {
    this.failure ??= new CannotFinish(`${why}; run the same command again, it goes on where it was`);
    this.pending.clear();
    this.wake();
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!this.failure && !condition()) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        timer = setTimeout(resolve, patienceMs);
      });
      clearTimeout(timer);
      if (performance.now() - this.heard > patienceMs && this.pending.size > 0)
        this.fail(`${this.log.name} left an append unanswered for ${patienceMs / 1_000} s`);
    }
    if (this.failure) throw this.failure;
  }
}

const refusal = (events: readonly RawEvent[], name: string, { kind, message }: { kind: string; message: string }) => {
  const what = named(events[0]!);
  if (kind === 'WrongExpectedVersion')
    return new CannotFinish(
      `${name} can't take ${what}: its stream there isn't at the revision before it. Either something else writes to the ` +
        'target, or events of the stream were scavenged from the source, and revisions cannot be kept. Empty the target.',
    );
  if (kind === 'StreamDeleted') return new CannotFinish(`${name} has a tombstone where ${what} should go: empty it`);
  if (kind === 'MaximumAppendSizeExceeded')
    return new CannotFinish(
      `${what} is larger than ${name} takes: raise its MaxAppendSize and run the same command again`,
    );
  return new CannotFinish(
    `${name} refused ${what} (${[kind, message].filter(Boolean).join(': ')}); run the same command again, it goes on where it was`,
  );
};
