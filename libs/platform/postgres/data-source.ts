import { Client, type ClientConfig } from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';

/** The tables of an app: entity classes and the migrations that make them. */
export type Schema = {
  readonly entities: readonly (new () => object)[];
  readonly migrations: readonly (new () => MigrationInterface)[];
};

export type DatabaseOptions = {
  /** Connections at most; unset: 10. */
  readonly poolSize?: number;
  /** What the connections are called in pg_stat_activity. */
  readonly applicationName?: string;
  /** Milliseconds after which the server gives a statement up; unset: 30 s, 0: never. */
  readonly statementTimeoutMs?: number;
  /** A commit is answered before it is on disk: the last half second of them may be lost with the server, the latest first. */
  readonly lazyCommits?: boolean;
  /** Hears of the faults of idle connections: the pool makes new ones by itself. */
  readonly onFault?: (fault: Error) => void;
};

/**
 * Has a listener at every moment: what a server says as it dies may come in one piece with the answer that hands the
 * connection over, when the pool no longer listens and TypeORM not yet. Whoever uses the connection hears of it.
 */
class ListeningClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** TypeORM's options for `url`: the schema comes from migrations alone, never from the entities. */
export const databaseOptions = (
  url: string,
  schema: Schema,
  {
    poolSize = 10,
    applicationName = 'tiebreak',
    statementTimeoutMs = 30_000,
    lazyCommits,
    onFault,
  }: DatabaseOptions = {},
): Extract<DataSourceOptions, { type: 'postgres' }> => ({
  type: 'postgres',
  url,
  entities: [...schema.entities],
  migrations: [...schema.migrations],
  synchronize: false,
  migrationsRun: false,
  migrationsTableName: 'migration',
  installExtensions: false,
  logging: false,
  poolSize,
  applicationName,
  connectTimeoutMS: 5_000,
  poolErrorHandler: onFault ?? (() => undefined),
  extra: {
    Client: ListeningClient,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    // compiling a statement of many small loops takes longer than running it
    options: `-c jit=off${lazyCommits ? ' -c synchronous_commit=off' : ''}`,
    // a reactor sends commands inside its transaction, and `transact` has a patience of 30 s
    idle_in_transaction_session_timeout: 120_000,
  },
});

/** Connects; rejects where Postgres can't be reached. The caller closes it with `destroy()`. */
export const openDatabase = (url: string, schema: Schema, options?: DatabaseOptions): Promise<DataSource> =>
  new DataSource(databaseOptions(url, schema, options)).initialize();
