import { Command } from 'commander';
import { migrate } from '../../libs/platform/postgres/migrate.js';
import { schema } from '../schema.js';
import { databaseUrl, runCommand } from './command.js';

const program = new Command('migrate')
  .description('Brings the tables of DATABASE_URL up to date. Safe to run many times, and several at once.')
  .option('--json', 'one JSON object on stdout')
  .action(async ({ json }: { readonly json?: true }) => {
    const applied = await migrate(databaseUrl(process.env), schema);
    if (json) console.log(JSON.stringify({ applied }));
    else console.log(applied.length === 0 ? 'nothing to migrate' : applied.map((name) => `applied ${name}`).join('\n'));
  });

runCommand(program);
