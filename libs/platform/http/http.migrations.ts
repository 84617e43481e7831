import type { MigrationInterface, QueryRunner } from 'typeorm';

class IdempotencyKeys1763800000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_key (
        principal text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        lease_until timestamptz NOT NULL,
        status smallint,
        headers jsonb,
        body text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (principal, key)
      )`);
    await runner.query('CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_key');
  }
}

export const httpMigrations = [IdempotencyKeys1763800000100];
