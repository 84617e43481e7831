import { createHash } from 'node:crypto';
import type { Rooms } from './load.js';

type Seen = {
  readonly status: string;
  readonly revision: number;
  readonly claimants: readonly { readonly claimId: string; readonly partnerId: string | null }[];
  readonly evaluationIsCurrent: boolean;
  readonly recommendation: { readonly winner: string | null } | null;
};

/** What a manager, or a claimant that was asked, does next about a case. */
export const workOnCase = async ({ client, commands, random }: Rooms, id: string, manager: string): Promise<void> => {
  const path = `/v1/conflicts/${id}`;
  const reply = await client.read(manager, path);
  if (reply?.status !== 200) return;
  const seen = reply.body as Seen;
  const act = async (verb: string, effect: string, body: object = {}, persona = manager, mayBeIdle = false) => {
    const { revision: ifMatch } = seen;
    await commands.send({
      persona,
      path: `${path}/${verb}`,
      body,
      category: 'conflict',
      id,
      ifMatch,
      effects: [effect],
      mayBeIdle,
    });
  };
  const dismiss = () => {
    const [a, b] = [seen.claimants[0], seen.claimants.at(-1)];
    return random.chance(0.6)
      ? act('dismiss', 'CaseDismissed', { reason: 'different-customer', pairs: [[a?.claimId, b?.claimId]] })
      : act('dismiss', 'CaseDismissed', { reason: 'other', note: 'they agreed' });
  };
  switch (seen.status) {
    case 'detected':
      return act('assign', 'CaseAssigned', { assignee: manager }, manager, true);
    case 'evidence-requested': {
      const one = random.pick(seen.claimants);
      const sha256 = createHash('sha256').update(String(random.next())).digest('hex');
      const proof = { kind: 'demo', sha256, occurredAt: new Date(Date.now() - 3_600_000).toISOString() };
      // a partner speaks for its own claim alone
      const body = one.partnerId === null ? { ...proof, claimId: one.claimId } : proof;
      return act('evidence', 'EvidenceSubmitted', body, one.partnerId ?? manager);
    }
    case 'under-adjudication': {
      if (!seen.evaluationIsCurrent) return act('adjudicate', 'PolicyEvaluated', {}, manager, true);
      if (random.chance(0.1)) return dismiss();
      const winner = seen.recommendation?.winner ?? random.pick(seen.claimants).claimId;
      return act('decide', 'CaseDecided', { winner, reason: 'as it stands' });
    }
    case 'open':
      if (random.chance(0.1)) return dismiss();
      if (random.chance(0.1)) return act('request-evidence', 'EvidenceRequested', { question: 'what was done?' });
      return act('adjudicate', 'PolicyEvaluated', {}, manager, true);
  }
};
