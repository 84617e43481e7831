import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ConfigFaults, readConfig } from '../../libs/platform/config.js';

/**
 * The environment, and where it names no stores those of the quick start that runs on DATA_DIR: it writes their addresses
 * there for as long as it runs.
 */
export const environment = (env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv => {
  const file = addresses(env);
  const named = ['DATABASE_URL', 'DATABASE_URL_FILE', 'EVENTSTORE_URL', 'EVENTSTORE_URL_FILE'].some((name) =>
    env[name]?.trim(),
  );
  return named || !existsSync(file)
    ? env
    : { ...env, ...(JSON.parse(readFileSync(file, 'utf8')) as NodeJS.ProcessEnv) };
};

const folder = (env: NodeJS.ProcessEnv): string => env['DATA_DIR']?.trim() || 'data';
const addresses = (env: NodeJS.ProcessEnv): string => join(folder(env), 'addresses.json');

/** DATABASE_URL, for commands that need no log; an empty EVENTSTORE_URL counts as unset here as elsewhere. */
export const databaseUrl = (env: NodeJS.ProcessEnv): string => {
  const placeholder = env['EVENTSTORE_URL_FILE']?.trim() ? undefined : 'esdb://none';
  return readConfig({ ...env, EVENTSTORE_URL: env['EVENTSTORE_URL']?.trim() || placeholder }, 'worker').databaseUrl;
};

/** What an operator reads of a fault: what it is, and what helps. */
export const faultText = (error: unknown, env: NodeJS.ProcessEnv = process.env): string => {
  if (String(error).includes('DATABASE_URL is not set') && !existsSync(addresses(env)))
    return `${String(error)}\nNor does a quick start run on ${folder(env)}: name its DATA_DIR, or both stores.`;
  if (error instanceof ConfigFaults || !(error instanceof Error)) return String(error);
  return 'code' in error && error.code === 'ECONNREFUSED'
    ? `Postgres can't be reached (${error.message}): is it up, and DATABASE_URL right?`
    : error.message;
};

/** Runs a command line; a fault is one line on stderr and exit code 1. */
export const runCommand = (program: Command): void => {
  program.parseAsync().catch((error: unknown) => {
    process.stderr.write(`${faultText(error)}\n`);
    process.exitCode = 1;
  });
};
