import { Command } from 'commander';
import { readConfig } from '../../libs/platform/config.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';
import { openDatabase } from '../../libs/platform/postgres/data-source.js';
import { openLocks } from '../../libs/platform/processors/lock.js';
import { type Progress, rebuild, type Rebuilt } from '../../libs/platform/processors/rebuild.js';
import { schema, views } from '../schema.js';
import { environment, runCommand } from './command.js';

type Flags = { readonly all?: true; readonly fresh?: boolean; readonly json?: true };

const rebuildViews = async (names: readonly string[], { all, fresh = false, json }: Flags): Promise<void> => {
  const unknown = names.filter((name) => !views.some((view) => view.name === name));
  if (unknown.length > 0 || (names.length === 0 && !all))
    throw new Error(`${unknown.length > 0 ? `no view is called ${unknown.join(', ')}` : 'name a view, or --all'}; there are:
  ${views.map(({ name }) => name).join('\n  ')}`);
  const config = readConfig(environment(), 'worker');
  const options = { applicationName: 'tiebreak rebuild', statementTimeoutMs: 0 };
  const database = await openDatabase(config.databaseUrl, schema, options);
  const store = EventStoreDb.connect(config.eventStoreUrl);
  const locks = openLocks(config.databaseUrl);
  const interrupting = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => interrupting.abort(new Error('interrupted; the same command goes on from here')));
  const rebuilt: Rebuilt[] = [];
  try {
    for (const view of views.filter(({ name }) => all ?? names.includes(name))) {
      const onProgress = progressOf(view.name);
      const onResume = (position: string) =>
        process.stderr.write(`${view.name} goes on from ${position}; --fresh begins anew\n`);
      const watched = { signal: interrupting.signal, fresh, onResume, onProgress };
      rebuilt.push(await rebuild(view, { database, store, locks }, watched));
      if (process.stderr.isTTY) process.stderr.write('\n');
    }
  } finally {
    await locks.close();
    await database.destroy();
    await store.close();
  }
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1_024);
  if (json) console.log(JSON.stringify({ rebuilt, peakMemoryMb }));
  else
    for (const { view, events, seconds } of rebuilt)
      console.log(`${view}: ${events} events in ${seconds.toFixed(1)} s`);
};

const everyMs = 200;

/** A line that stays where it is; nothing where nobody watches. */
const progressOf = (name: string): ((progress: Progress) => void) => {
  let shownAt = 0;
  let began: { readonly position: number; readonly seconds: number } | undefined;
  return ({ events, seconds, position, head, finishing }) => {
    if (!process.stderr.isTTY) return;
    if (finishing) return void process.stderr.write(`\r\u001B[K${name} · ${events} events · making its indexes`);
    began ??= { position: Number(position), seconds };
    if (performance.now() - shownAt < everyMs && position !== head) return;
    shownAt = performance.now();
    const speed = (Number(position) - began.position) / (seconds - began.seconds);
    const left = speed > 0 ? `${Math.ceil((Number(head) - Number(position)) / speed)} s left` : '';
    const percent = Math.floor((100 * Number(position)) / Math.max(1, Number(head)));
    process.stderr.write(
      `\r\u001B[K${name} ${percent} % · ${events} events · ${Math.round(events / seconds)}/s · ${left}`,
    );
  };
};

runCommand(
  new Command('rebuild')
    .description(
      'Makes a view anew from the log beside the one in use, then puts it in its place. Everything stays up meanwhile. ' +
        'One that was interrupted goes on from where it was, unless --fresh: do that after a change of the fold.',
    )
    .argument('[views...]', 'names of views')
    .option('--all', 'every view')
    .option(
      '--fresh',
      'begin at the beginning although an earlier rebuild was interrupted, e.g. after a change of the fold',
    )
    .option('--json', 'one JSON object on stdout')
    .action(rebuildViews),
);
