import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { types } from 'node:util';
import { freePort } from '../../libs/platform/postgres/embedded-postgres.js';

export type Settings = {
  /** 0: any free one. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly logDir: string;
  /** Whether the embedded servers are wanted: not where the user names one. */
  readonly embeddedLog: boolean;
  readonly embeddedPostgres: boolean;
};

export const HELP = `
Environment:
  PORT            where the API listens on 127.0.0.1 (default 3000, 0 = any free one)
  DATA_DIR        the one folder for all data and logs (default ./data)
  EVENTSTORE_URL  an EventStoreDB of your own instead of the embedded log
  DATABASE_URL    a PostgreSQL of your own instead of the embedded one
  KAFKA_BROKERS   brokers to publish to instead of files below DATA_DIR/topics
  TOPIC_PREFIX    first part of every topic's name (default tiebreak)
  ROLES           what the worker does: views,reactors,publishers,clock (default all)`;

/** Refuses, in one line, what the quick start cannot run with. */
export const readSettings = (env: NodeJS.ProcessEnv): Settings => {
  const isSet = (name: string) => Boolean(env[name]?.trim() || env[`${name}_FILE`]?.trim());
  if (isSet('OIDC_ISSUER'))
    throw new Error(
      'OIDC_ISSUER is set, and the quick start has an issuer of its own: unset it, ' +
        'or use npm run start:api and npm run start:worker',
    );
  // it gives these to its parts itself, which refuse a variable that is set both ways
  for (const name of ['PORT', 'DATA_DIR', 'DEMO'])
    if (env[`${name}_FILE`]?.trim())
      throw new Error(`${name}_FILE is set, and the quick start reads no file for it: set ${name}`);
  const port = Number(env['PORT']?.trim() || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is ${env['PORT']}: set it to a number from 0 to 65535`);
  const dataDir = resolve(env['DATA_DIR']?.trim() || 'data');
  return {
    port,
    dataDir,
    logDir: join(dataDir, 'logs'),
    embeddedLog: !isSet('EVENTSTORE_URL'),
    embeddedPostgres: !isSet('DATABASE_URL'),
  };
};

/** The port to listen on; waits up to `patience` ms for it to become free, then refuses in one line. */
export const choosePort = async (port: number, patience: number): Promise<number> => {
  if (port === 0) return freePort();
  for (const began = performance.now(); ; await wait(50)) {
    // each of the two finds listeners that the other does not, by the system
    const fault = (await listenFault(port, '127.0.0.1')) ?? (await listenFault(port));
    if (fault === undefined) return port;
    if (performance.now() - began < patience) continue;
    const what =
      fault === 'EADDRINUSE' ? 'is in use: stop the program that listens there' : `cannot be used (${fault})`;
    throw new Error(`port ${port} ${what}, or set PORT to another one (0 = any free one)`);
  }
};

const listenFault = async (port: number, host?: string): Promise<string | undefined> => {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return undefined;
  } catch (fault) {
    return types.isNativeError(fault) && 'code' in fault ? String(fault.code) : String(fault);
  }
};
