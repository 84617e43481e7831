import type { MigrationInterface, QueryRunner } from 'typeorm';

class Conflicts1763800000401 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE conflict_list (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        case_id text NOT NULL,
        status text NOT NULL,
        type text NOT NULL,
        customer_key text NOT NULL,
        family text NOT NULL,
        claimants jsonb NOT NULL,
        former jsonb NOT NULL,
        partner_ids text[] NOT NULL,
        assignee text,
        due_at timestamptz,
        position numeric(20,0) NOT NULL,
        winner text,
        rule text,
        explanation text
      );
      CREATE INDEX conflict_list_position ON conflict_list (vendor, position DESC);
      CREATE INDEX conflict_list_partner ON conflict_list USING gin (partner_ids);
      CREATE TABLE conflict_deadline (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        case_id text NOT NULL,
        due_at timestamptz NOT NULL
      );
      CREATE INDEX conflict_deadline_due ON conflict_deadline (due_at);
      CREATE TABLE case_presence (
        key text PRIMARY KEY,
        cases jsonb NOT NULL,
        ended boolean NOT NULL,
        lost_families text[] NOT NULL
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE case_presence; DROP TABLE conflict_deadline; DROP TABLE conflict_list;');
  }
}

export const conflictsMigrations = [Conflicts1763800000401];
