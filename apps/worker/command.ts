import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ConfigFaults, readConfig } from '../../libs/platform/config.js';
import { type Log } from '../../libs/platform/processors/run.js';

/**
 * The environment, and where it names no stores those of the quick start that runs on DATA_DIR: it writes their addresses
 * there for as long as it runs.
 */
export const environment = (env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv => {
  const file = join(env['DATA_DIR']?.trim() || 'data', 'addresses.json');
  const named = ['DATABASE_URL', 'DATABASE_URL_FILE', 'EVENTSTORE_URL', 'EVENTSTORE_URL_FILE'].some((name) =>
    env[name]?.trim(),
  );
  return named || !existsSync(file)
    ? env
    : { ...env, ...(JSON.parse(readFileSync(file, 'utf8')) as NodeJS.ProcessEnv) };
};

/** DATABASE_URL, for commands that need no log; an empty EVENTSTORE_URL counts as unset here as elsewhere. */
export const databaseUrl = (env: NodeJS.ProcessEnv): string => {
  const placeholder = env['EVENTSTORE_URL_FILE']?.trim() ? undefined : 'esdb://none';
  return readConfig({ ...env, EVENTSTORE_URL: env['EVENTSTORE_URL']?.trim() || placeholder }, 'worker').databaseUrl;
};

/** Runs a command line; a fault is one line on stderr and exit code 1. */
export const runCommand = (program: Command): void => {
  program.parseAsync().catch((error: unknown) => {
    const told = error instanceof ConfigFaults || !(error instanceof Error) ? String(error) : error.message;
    process.stderr.write(`${told}\n`);
    process.exitCode = 1;
  });
};

const toStderr = (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
/** For the operator who waits. */
export const stderrLog: Log = { info: () => undefined, warn: toStderr, error: toStderr };
