import { describe, expect, it } from '@jest/globals';
import { checkCommands } from './check-commands.js';
import { checkConflicts } from './check-conflicts.js';
import { checkExclusivity } from './check-exclusivity.js';
import { checkMessages, parseTopic } from './check-messages.js';
import { checkSeen, checkStreams } from './check-streams.js';
import { ending, entryOf, type Fact, logOf, story } from './log.fixture.js';
import type { LogEvent } from './log-reader.js';
import { compareDumps } from './tables.js';

const log = logOf(...story, ...ending);
const ledger = [0, 1, 2, 3].map((n) => entryOf(log, n));
const without = (index: number, events: readonly LogEvent[] = log) => events.filter((_, at) => at !== index);
const changed = (index: number, change: Partial<LogEvent>) =>
  log.map((event, at) => (at === index ? { ...event, ...change } : event));

describe('the check of commands', () => {
  it('finds nothing in an honest log', () => {
    expect(checkCommands(log, ledger)).toEqual([]);
  });

  it('finds a command that was acknowledged and is lost', () => {
    expect(checkCommands(without(0), ledger)).toEqual([expect.stringMatching(/^command 0 .*: lost$/)]);
  });

  it('finds one that acted twice, in one stream or under two ids', () => {
    const twice = logOf(...story.slice(0, 2), story[0]!);
    expect(checkCommands(twice, [entryOf(twice, 0)])).toEqual([
      expect.stringMatching(/doubled/),
      expect.stringMatching(/torn/),
    ]);
    const elsewhere = logOf(story[0]!, { ...story[0]!, stream: 'registration-demo.three' });
    expect(checkCommands(elsewhere, [entryOf(elsewhere, 0)])).toContainEqual(
      expect.stringMatching(/in several streams/),
    );
  });

  it('finds two effects of one that was never answered, and lets one pass', () => {
    const twice = logOf(story[0]!, story[0]!);
    expect(checkCommands(twice, [entryOf(twice, 0, {}, null)])).toEqual([
      expect.stringMatching(/answered never.*doubled/),
    ]);
    expect(checkCommands(log, [entryOf(log, 0, {}, null), ...ledger.slice(1)])).toEqual([]);
  });

  it('finds one that was refused and acted, and one that nobody sent', () => {
    expect(checkCommands(log, [entryOf(log, 0, {}, { status: 409 }), ...ledger.slice(1)])).toEqual([
      expect.stringMatching(/refused, and yet/),
    ]);
    expect(checkCommands(log, ledger.slice(1))).toEqual([expect.stringMatching(/nobody sent it/)]);
  });

  it('finds an answer of another place, and an effect upon another revision than was seen', () => {
    for (const wrong of [{ revision: 7 }, { position: '1' }])
      expect(checkCommands(log, [entryOf(log, 0, {}, wrong), ...ledger.slice(1)])).toEqual([
        expect.stringMatching(/the log has/),
      ]);
    expect(checkCommands(log, [...ledger.slice(0, 2), entryOf(log, 2, { ifMatch: 0 }), ledger[3]!])).toEqual([
      expect.stringMatching(/not upon revision 0/),
    ]);
  });
});

describe('the check of streams', () => {
  it('finds nothing in an honest log', () => {
    expect(checkStreams(log)).toEqual([]);
    expect(checkSeen(log, new Map(log.map(({ position, id }) => [position, id])))).toEqual([]);
  });

  it('finds a gap, an event out of order, an id that is there twice, time that runs back', () => {
    expect(checkStreams(without(1))).toContainEqual(expect.stringMatching(/one@2: revision 1 was due/));
    expect(checkStreams([...log.slice(0, 1), ...log.slice(1, 3).toReversed(), ...log.slice(3)])).toContainEqual(
      expect.stringMatching(/is not after/),
    );
    expect(checkStreams(changed(4, { id: 'event-0' }))).toEqual([expect.stringMatching(/is there twice/)]);
    const early = { ...log[1]!.metadata, at: '2025-01-01T00:00:00.000Z' };
    expect(checkStreams(changed(1, { metadata: early }))).toEqual([expect.stringMatching(/the one before it/)]);
  });

  it('finds what a reader saw and is gone', () => {
    expect(checkSeen(without(3), new Map([[log[3]!.position, log[3]!.id]]))).toEqual([
      expect.stringMatching(/now is nothing/),
    ]);
  });
});

describe('the check of exclusivity', () => {
  const grant = { grantId: 'two.1', registrationId: 'two', customerKey: 'jantar', family: 'backup' };
  const taken: Fact = { stream: 'exclusivity-demo.jantar.backup', type: 'ExclusivityTaken', data: grant };
  const approved: Fact = { stream: 'registration-demo.two', type: 'RegistrationApproved', data: { grants: [grant] } };

  it('finds nothing where the second takes it after the first let it go', () => {
    expect(checkExclusivity(log)).toEqual([]);
    const lapsed: Fact = { stream: 'registration-demo.one', type: 'ProtectionExpired' };
    const first = { ...grant, grantId: 'one.1', registrationId: 'one' };
    const released: Fact = { stream: taken.stream, type: 'ExclusivityReleased', data: first };
    expect(checkExclusivity(logOf(...story, ...ending, lapsed, released, taken, approved))).toEqual([]);
  });

  it('finds two grants at once, two approvals at once, and an approval without its grant', () => {
    expect(checkExclusivity(logOf(...story, ...ending, taken))).toContainEqual(
      expect.stringMatching(/takes what one\.1 holds/),
    );
    const faults = checkExclusivity(logOf(...story, ...ending, approved));
    expect(faults).toContainEqual(expect.stringMatching(/one is approved there too/));
    expect(faults).toContainEqual(expect.stringMatching(/cites two\.1, which does not hold/));
  });

  it('finds at the end a grant without its approval, and an approval without its grant', () => {
    expect(checkExclusivity(logOf(taken))).toEqual([expect.stringMatching(/still holds .* without an approval/)]);
    const first = { ...grant, grantId: 'one.1', registrationId: 'one' };
    const released: Fact = { stream: taken.stream, type: 'ExclusivityReleased', data: first };
    expect(checkExclusivity(logOf(...story, ...ending, released))).toEqual([
      expect.stringMatching(/is approved .* without its grant/),
    ]);
  });
});

describe('the check of conflicts', () => {
  const settled = logOf(...story);

  it('finds nothing where they met, or where only one is left', () => {
    expect(checkConflicts(settled)).toEqual([]);
    expect(checkConflicts(log)).toEqual([]);
  });

  it('finds two live claims of one customer that never met', () => {
    const faults = checkConflicts(without(3, settled));
    expect(faults).toContainEqual(expect.stringMatching(/share the customer jantar and backup, and never met/));
  });

  it('finds two that name the same domain and were taken for two customers', () => {
    const apart = logOf(...story.slice(0, 3), { ...story[4]!, data: { customerKey: 'another', candidates: [] } });
    expect(checkConflicts(apart)).toEqual([
      expect.stringMatching(/share jantar\.example and backup, and nobody was told/),
    ]);
    const parted = logOf(
      ...story.slice(0, 3),
      { ...story[4]!, data: { customerKey: 'another', candidates: [] } },
      { stream: 'registration-demo.two', type: 'MatchDismissed', data: { claimId: 'one' } },
    );
    expect(checkConflicts(parted)).toEqual([]);
  });

  it('finds a claim that waits for ever, and one that was not told of its case or still has one', () => {
    expect(checkConflicts(logOf(story[0]!))).toEqual([expect.stringMatching(/still waits for its screening/)]);
    expect(checkConflicts(logOf(...story.slice(0, 6)))).toEqual([
      expect.stringMatching(/two was not told of the case/),
    ]);
    expect(checkConflicts(logOf(...story, ...ending.slice(0, 3)))).toEqual([
      expect.stringMatching(/one still has the case/),
    ]);
  });
});

describe('the check of messages', () => {
  const published = log
    .filter(({ type }) => !type.startsWith('Exclusivity'))
    .map(({ id, stream }) => ({
      topic: stream.startsWith('conflict') ? 'tiebreak.conflicts.v1' : 'tiebreak.registrations.v1',
      key: stream.slice(stream.indexOf('.') + 1),
      id,
    }));

  it('finds nothing where some came twice, late', () => {
    expect(checkMessages(log, published)).toEqual([]);
    expect(checkMessages(log, [...published, ...published.slice(0, 3)])).toEqual([]);
  });

  it('finds one that is missing, one too many, one out of order under its key', () => {
    expect(checkMessages(log, published.slice(1))).toEqual([expect.stringMatching(/one@0 was never published/)]);
    expect(checkMessages(without(0), published)).toEqual([expect.stringMatching(/the log knows nothing/)]);
    const [first, second, ...more] = published;
    expect(checkMessages(log, [second!, first!, ...more])).toEqual([expect.stringMatching(/comes too late/)]);
  });

  it('finds a line that is no message', () => {
    expect(parseTopic('t', '{"key":"a","headers":{"ce_id":"1"},"value":{}}\n{"key":"b","hea\n')).toEqual({
      published: [{ topic: 't', key: 'a', id: '1' }],
      faults: [expect.stringMatching(/^t line 2 is no message/)],
    });
  });
});

describe('the comparison of tables', () => {
  it('finds a row that is missing, another one, and one too many', () => {
    const rows = new Map([['t', ['{"key":"a"}', '{"key":"b"}']]]);
    expect(compareDumps('x', rows, rows)).toEqual([]);
    expect(compareDumps('x', rows, new Map([['t', ['{"key":"a"}']]]))).toHaveLength(2);
    expect(compareDumps('x', rows, new Map([['t', ['{"key":"a"}', '{"key":"c"}']]]))).toHaveLength(2);
    expect(compareDumps('x', rows, new Map([['t', ['{"key":"a"}', '{"key":"b"}', '{"key":"b"}']]]))).toHaveLength(1);
  });
});
