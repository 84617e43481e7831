import { Command } from 'commander';
import { readConfig } from '../../libs/platform/config.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';
import { openDatabase } from '../../libs/platform/postgres/data-source.js';
import { PolicyBook } from '../../libs/policy/policy-book.js';
import { type Difference, reviewHistory } from '../../libs/screening/reviewing-history.js';
import { progressOn } from '../import/progress.js';
import { schema } from '../schema.js';
import { environment, runCommand } from '../worker/command.js';

const line = ({ vendor, claimId, name, earlier, earlierName, recorded, today, score }: Difference): string => {
  const verdict =
    recorded === 'none' ? `new ${today}` : today === 'none' ? `no longer ${recorded}` : `${recorded}, today ${today}`;
  return `${vendor}  ${verdict}${score === null ? '' : ` (${score})`}: ${claimId} "${name}" ~ ${earlier} "${earlierName}"`;
};

const review = async ({ json = false }: { readonly json?: boolean }): Promise<void> => {
  const config = readConfig(environment(), 'worker');
  const options = { applicationName: 'tiebreak matching:history', statementTimeoutMs: 0 };
  const database = await openDatabase(config.databaseUrl, schema, options);
  const store = EventStoreDb.connect(config.eventStoreUrl);
  const policies = new PolicyBook(store);
  const progress = progressOn(process.stderr, json);
  const show = (difference: Difference) => {
    progress.clear();
    process.stdout.write(`${json ? JSON.stringify(difference) : line(difference)}\n`);
  };
  try {
    const head = Number(await store.head());
    const { claims, pairs, differences, unexplained } = await reviewHistory(database, { store, policies }, show, (at) =>
      progress.show('bytes of the log', Number(at), head),
    );
    progress.clear();
    process.stderr.write(
      `${claims} claims, ${pairs} pairs that matched then or would today, ${differences} of them otherwise; ${unexplained} recorded scores that their own weights don't give\n`,
    );
  } finally {
    await store.close();
    await database.destroy();
  }
};

runCommand(
  new Command('npm run matching:history --')
    .description(
      'What the matcher of today would have said of every claim in its turn, where that is not what was recorded: new ' +
        'matches, those that are none any more, possible ones that would be certain. Changes nothing.',
    )
    .option('--json', 'one JSON object per difference')
    .action(review),
);
