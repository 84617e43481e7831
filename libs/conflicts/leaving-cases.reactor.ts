import type { CommandBus } from '@nestjs/cqrs';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../platform/clock.js';
import { causedBy } from '../platform/event-store/caused-by.js';
import type { Processor } from '../platform/processors/processor.js';
import { ExecuteConflict } from './conflict.handler.js';
import { absent, type ClaimEvent, concerned, type Presence, step } from './leaving-cases.js';

const name = 'leaving-cases';

type Row = Presence & { readonly key: string };

const keyOf = (vendor: string, claimId: string) => `${vendor}.${claimId}`;

const loadPresence = async (tx: EntityManager, keys: readonly string[]): Promise<Map<string, Presence>> => {
  const rows = await tx.query<Row[]>(
    `SELECT key, cases, ended, lost_families AS "lostFamilies" FROM case_presence WHERE key = ANY($1)`,
    [keys],
  );
  return new Map(rows.map(({ key, ...presence }) => [key, presence]));
};

const savePresence = (tx: EntityManager, rows: readonly Row[]) =>
  tx.query(
    `INSERT INTO case_presence (key, cases, ended, lost_families)
     SELECT key, cases, ended, "lostFamilies"
     FROM jsonb_to_recordset($1::jsonb) AS row (key text, cases jsonb, ended boolean, "lostFamilies" text[])
     ON CONFLICT (key) DO UPDATE
     SET cases = EXCLUDED.cases, ended = EXCLUDED.ended, lost_families = EXCLUDED.lost_families`,
    [JSON.stringify(rows)],
  );

/** Takes a claim that has ended, or has lost a family, out of its cases. */
export const leavingCasesReactor = (bus: CommandBus, clock: Clock): Processor => ({
  name,
  role: 'reactors',
  concerns: (event) => concerned(event as ClaimEvent).length > 0,
  handle: async (batch, tx) => {
    const touches = (batch as readonly ClaimEvent[]).flatMap((event) =>
      concerned(event).map((claimId) => ({ event, claimId, key: keyOf(event.stream.vendor, claimId) })),
    );
    const before = await loadPresence(tx, [...new Set(touches.map(({ key }) => key))]);
    const after = new Map(before);
    for (const { event, claimId, key } of touches) {
      const known = after.get(key);
      const { presence, leaves } = step(known ?? absent, event);
      if (known || presence !== absent) after.set(key, presence);
      for (const caseId of leaves) {
        const caller = causedBy(event, name, `${claimId} ${caseId}`, clock.now());
        await bus.execute(new ExecuteConflict(caseId, { type: 'LeaveCase', claimId }, caller));
      }
    }
    const changed = [...after].filter(([key, presence]) => presence !== before.get(key));
    if (changed.length > 0)
      await savePresence(
        tx,
        changed.map(([key, presence]) => ({ key, ...presence })),
      );
  },
});
