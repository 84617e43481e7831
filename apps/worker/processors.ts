import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { readConfig } from '../../libs/platform/config.js';
import { openDatabase } from '../../libs/platform/postgres/data-source.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';
import { listCheckpoints, readCheckpoint, resume } from '../../libs/platform/processors/checkpoint.js';
import { type Lag, watchLag } from '../../libs/platform/processors/lag.js';
import { schema } from '../schema.js';
import { environment, databaseUrl, runCommand } from './command.js';

type Flags = { readonly json?: true; readonly by?: string };

const inDatabase = async (act: (database: DataSource) => Promise<void>): Promise<void> => {
  const database = await openDatabase(databaseUrl(environment()), schema, { applicationName: 'tiebreak processors' });
  await act(database).finally(() => database.destroy());
};

const goOn = (how: 'retry' | 'skip') => async (name: string, _: Flags, command: Command) => {
  const { json, by = userInfo().username } = command.optsWithGlobals<Flags>();
  await inDatabase(async (database) => {
    const before = await readCheckpoint(database, name);
    const refusal = await resume(database, name, how, by);
    if (refusal) throw new Error(refusal);
    const event = before?.failedEvent ?? null;
    if (json) console.log(JSON.stringify({ name, [how]: event, by }));
    else
      console.log(
        `${name} goes on ${how === 'skip' ? `past ${event}, recorded as ${by}'s decision` : 'from where it stopped'}`,
      );
  });
};

/** In seconds alone where no log is named. */
const lagsOf = async (database: DataSource): Promise<readonly Lag[]> => {
  const env = environment();
  if (!env['EVENTSTORE_URL']?.trim() && !env['EVENTSTORE_URL_FILE']?.trim()) return listCheckpoints(database);
  const { eventStoreUrl } = readConfig(env, 'worker');
  const store = EventStoreDb.connect(eventStoreUrl);
  return watchLag(database, store)().finally(() => store.close());
};

const line = (lag: Lag): string => {
  const { name, role, status, position, behindSeconds, behindEvents, estimated, stalls, error, failedEvent } = lag;
  const events = behindEvents === undefined ? '' : `, ${estimated ? 'about ' : ''}${behindEvents} events`;
  const behind = behindSeconds === 0 && !behindEvents ? 'caught up' : `${Math.round(behindSeconds)} s${events} behind`;
  const anew = stalls > 0 ? `, begun anew ${stalls} times` : '';
  const why = error ? `\n    ${error}${failedEvent ? `\n    at ${failedEvent}` : ''}` : '';
  return `${name.padEnd(28)} ${role.padEnd(10)} ${status.padEnd(8)} ${position.padStart(12)}  ${behind}${anew}${why}`;
};

const program = new Command('processors')
  .description(
    'What the processors are at, and how to let a stopped one go on. Needs DATABASE_URL, or the quick start that runs on DATA_DIR.',
  )
  .option('--json', 'one JSON object on stdout');
program
  .command('list')
  .description(
    'every processor, where it is, how far behind (in events, where EVENTSTORE_URL names the log), what stopped it',
  )
  .action(async (_: Flags, command: Command) => {
    const { json } = command.optsWithGlobals<Flags>();
    await inDatabase(async (database) => {
      const processors = await lagsOf(database);
      console.log(json ? JSON.stringify({ processors }) : processors.map(line).join('\n'));
    });
  });
program
  .command('retry <name>')
  .description('gives a stopped processor the event that stopped it once more')
  .action(goOn('retry'));
program
  .command('skip <name>')
  .description('goes on past the event that stopped a processor, for good; who and which is recorded')
  .option('--by <who>', "recorded as the one who decided; unset: this system's user")
  .action(goOn('skip'));

runCommand(program);
