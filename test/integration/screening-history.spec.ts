import { describe, expect, it } from '@jest/globals';
import { PolicyBook } from '../../libs/policy/policy-book.js';
import { standardV1 } from '../../libs/policy/standard-v1.js';
import { ExecuteRegistration } from '../../libs/registrations/registration.handler.js';
import { type Difference, reviewHistory } from '../../libs/screening/reviewing-history.js';
import {
  app,
  bus,
  caller,
  db,
  events,
  log,
  pass,
  rows,
  screenBy,
  sirius,
  startOver,
  submit,
  useScreening,
} from './screening.fixture.js';

useScreening();

const review = async () => {
  const found: Difference[] = [];
  const parts = { store: log.store, policies: app.get(PolicyBook, { strict: false }) };
  const reviewed = await reviewHistory(db.database, parts, (each) => found.push(each));
  return { ...reviewed, found };
};
const everything = async () => [await events(), await rows(), await db.database.query('TABLE candidate_posting')];

describe('what today’s matcher would say of all of history', () => {
  it('is what was recorded where nothing has changed', async () => {
    const [first] = [await submit('north', ['backup']), await submit('south', ['backup'])];
    await submit('south', ['erp'], sirius);
    await pass();
    await bus.execute(new ExecuteRegistration(first, { type: 'WithdrawRegistration', reason: 'no budget' }, caller()));
    await submit('south', ['erp']);
    await pass();
    expect(await review()).toEqual({ claims: 4, pairs: 2, differences: 0, unexplained: 0, found: [] });
  });

  it('names the matches that are new, and those that are none any more, and changes nothing', async () => {
    const first = await submit('north', ['backup']);
    const second = await submit('south', ['backup'], { legalName: 'ORION SYSTEMS', countryCode: 'PL', city: 'Gdynia' });
    const blind = { ...standardV1, matching: { certain: 1, possible: 1 } };
    const book = app.get(PolicyBook, { strict: false });
    screenBy(Object.assign(Object.create(book) as PolicyBook, { version: async () => blind }));
    await pass();
    const before = await everything();
    const { differences, unexplained, found } = await review();
    expect(differences).toBe(1);
    expect(found).toMatchObject([
      { claimId: second, earlier: first, name: 'ORION SYSTEMS', recorded: 'none', score: expect.any(Number) },
    ]);
    expect(['possible', 'certain']).toContain(found[0]!.today);
    expect(await everything()).toEqual(before);

    expect(unexplained).toBe(0);
    // and the other way round: what was seen then, and would not be today
    const seeing = (await review()).found[0]!.today;
    const again = Object.assign(Object.create(book) as PolicyBook, { version: async () => blind });
    await db.database.query('TRUNCATE screening_claim, screening_pair, candidate_posting, candidate_claim');
    screenBy(book);
    const third = await submit('south', ['erp'], { legalName: 'ORION SYSTEMS', countryCode: 'PL', city: 'Gdynia' });
    startOver();
    await pass();
    const all: Difference[] = [];
    await reviewHistory(db.database, { store: log.store, policies: again }, (each) => all.push(each));
    const gone = all.filter(({ claimId, earlier }) => claimId === third && earlier === first);
    expect(gone).toMatchObject([{ recorded: seeing, today: 'none' }]);
  });
});
