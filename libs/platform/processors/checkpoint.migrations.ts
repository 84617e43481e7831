import type { MigrationInterface, QueryRunner } from 'typeorm';

class Processors1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // rows are updated many times a second: room on the page keeps those updates off the index
    await runner.query(`
      CREATE TABLE processor_checkpoint (
        name text PRIMARY KEY,
        role text NOT NULL,
        log_id text NOT NULL,
        position numeric(20,0) NOT NULL,
        events bigint NOT NULL DEFAULT 0,
        status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'stopped')),
        error text,
        failed_position numeric(20,0),
        failed_events bigint,
        failed_event text,
        stalls integer NOT NULL DEFAULT 0,
        caught_up_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE processor_skip (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        log_id text NOT NULL,
        position numeric(20,0) NOT NULL,
        event text,
        error text,
        skipped_by text NOT NULL,
        skipped_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE processor_skip');
    await runner.query('DROP TABLE processor_checkpoint');
  }
}

export const processorMigrations = [Processors1763800000000];
