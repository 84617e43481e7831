import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkCommands } from './check-commands.js';
import { checkConflicts } from './check-conflicts.js';
import { checkExclusivity } from './check-exclusivity.js';
import { checkMessages, parseTopic } from './check-messages.js';
import { checkSeen, checkStreams } from './check-streams.js';
import type { Entry } from './ledger.js';
import { type LogEvent, readLog } from './log-reader.js';
import { untilSettled } from './settling.js';
import type { Stack } from './stack.js';
import { compareDumps, dumpTables, queryAll } from './tables.js';

/** A grant without its approval is given back after 30 s, by a sweep that comes every 10 s. */
const grantsMs = 60_000;
const secondLifeMs = (events: number) => 240_000 + events * 20;

/** Everything that has to hold of a stack that has settled. Ends its api and worker processes. */
export const inspect = async (
  stack: Stack,
  ledger: readonly Entry[],
  seen: ReadonlyMap<bigint, string>,
  processors: readonly string[],
  say: (line: string) => void,
): Promise<{ events: number; violations: string[] }> => {
  const unanswered = ledger
    .filter(({ answer }) => !answer)
    .map(({ n, path }) => `command ${n} (${path}) was never answered`);
  await untilGrantsSettled(stack);
  say('grants settled');
  const live = await dumpTables(stack.databaseUrl);
  await stack.run('rebuild', ['--all', '--fresh', '--json']);
  const rebuilt = await dumpTables(stack.databaseUrl);
  say('views rebuilt');
  for (const program of [...stack.workers, ...stack.apis]) await program.stop();
  say('programs stopped');

  const log = await readLog(stack.eventStoreUrl);
  const { published, faults } = await readTopics(join(stack.folder, 'data/topics'));
  const violations = [
    ...unanswered,
    ...checkStreams(log),
    ...checkSeen(log, seen),
    ...checkCommands(log, ledger),
    ...checkExclusivity(log),
    ...checkConflicts(log),
    ...faults,
    ...checkMessages(log, published),
    ...compareDumps('rebuild', live, rebuilt),
    ...(await liveAgain(stack, processors, log, rebuilt).catch((fault: unknown) => [`second life: ${String(fault)}`])),
  ];
  say(`${log.length} events checked, ${violations.length} violations`);
  return { events: log.length, violations };
};

const untilGrantsSettled = async (stack: Stack): Promise<void> => {
  for (const until = performance.now() + grantsMs; performance.now() < until; await pause(1_000))
    if (checkExclusivity(await readLog(stack.eventStoreUrl)).length === 0) break;
  await untilSettled(stack, grantsMs);
};

/** A worker on an empty database: it must come to the same tables, and has nothing to say that isn't in the log. */
const liveAgain = async (
  stack: Stack,
  processors: readonly string[],
  log: readonly LogEvent[],
  tables: Awaited<ReturnType<typeof dumpTables>>,
): Promise<string[]> => {
  await queryAll(stack.databaseUrl, 'CREATE DATABASE second_life');
  const databaseUrl = stack.databaseUrl.replace(/\/postgres$/, '/second_life');
  await stack.run('migrate', [], databaseUrl);
  const dataDir = join(stack.folder, 'second-life');
  await mkdir(dataDir);
  await copyFile(join(stack.folder, 'data/clock.json'), join(dataDir, 'clock.json')).catch(() => undefined);
  const worker = stack.extraWorker('second-life', {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    ROLES: 'views,reactors,publishers',
  });
  await untilSettled({ eventStoreUrl: stack.eventStoreUrl, databaseUrl }, secondLifeMs(log.length), processors);
  await worker.stop();
  const after = await readLog(stack.eventStoreUrl);
  const added = after
    .slice(log.length)
    .map(({ type, stream, revision }) => `a second life added ${type} to ${stream}@${revision}`);
  return [...added, ...compareDumps('second life', tables, await dumpTables(databaseUrl))];
};

const readTopics = async (folder: string) => {
  const files = await readdir(folder).catch((): string[] => []);
  const read = await Promise.all(
    files.map(async (file) => parseTopic(file.replace(/\.ndjson$/, ''), await readFile(join(folder, file), 'utf8'))),
  );
  return { published: read.flatMap(({ published }) => published), faults: read.flatMap(({ faults }) => faults) };
};
