import { type Api, codeOf, detailOf } from './api.js';
import { CannotFinish, RowFault } from './failures.js';
import type { Submission } from './sheets.js';
import type { Answer } from './transport.js';

type Accepted = { readonly outcome: 'created' | 'repeated'; readonly id: string; readonly position: string };

/** What became of a row. `position`: of what it wrote, where it wrote something now or before. */
export type Outcome = Accepted | { readonly outcome: 'refused'; readonly code: string; readonly detail: string };

const refused = (answer: Answer): Outcome => ({
  outcome: 'refused',
  code: codeOf(answer),
  detail: detailOf(answer),
});

const accepted = (outcome: 'created' | 'repeated', { status, body }: Answer): Accepted => {
  const { id, crmId, position } = body;
  const known = id ?? crmId;
  if (typeof known !== 'string' || typeof position !== 'string')
    throw new CannotFinish(`the API answers ${status} without an id and a position: is this Tiebreak?`);
  return { outcome, id: known, position };
};

/** Posts under the row's key: the API tells a repeat itself, or shows it by a position from before this run. */
const post = async (api: Api, submission: Submission, key: string, before: bigint): Promise<Outcome> => {
  const answer = await api.send({ ...submission, headers: { 'idempotency-key': key } });
  if (answer.status >= 300) return refused(answer);
  const said = accepted('created', answer);
  const again = answer.headers['idempotency-replayed'] === 'true' || isBefore(said, before);
  return again ? { ...said, outcome: 'repeated' } : said;
};

const isBefore = ({ position }: Accepted, before: bigint) => BigInt(position) <= before;

/** Puts on the revision that is there, so that "nothing changed" can be told from a change by somebody else. */
const put = async (api: Api, submission: Submission): Promise<Outcome> => {
  for (;;) {
    const { path, as } = submission;
    const present = await api.send({ method: 'GET', path, as });
    const { revision } = present.body;
    const known = present.status === 200 && typeof revision === 'number';
    const answer = await api.send({ ...submission, ...(known && { headers: { 'if-match': `"${revision}"` } }) });
    if (answer.status === 412) continue;
    if (answer.status >= 300) return refused(answer);
    return accepted(known && answer.body.revision === revision ? 'repeated' : 'created', answer);
  }
};

/** One row, sent and answered. `before`: the log's position when the run began. */
export const sendRow = async (api: Api, submission: Submission, key: string, before: bigint): Promise<Outcome> => {
  try {
    return await (submission.method === 'PUT' ? put(api, submission) : post(api, submission, key, before));
  } catch (fault) {
    if (fault instanceof RowFault) return { outcome: 'refused', code: fault.code, detail: fault.message };
    throw fault;
  }
};
