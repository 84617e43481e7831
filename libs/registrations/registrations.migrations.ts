import type { MigrationInterface, QueryRunner } from 'typeorm';

class Registrations1763800000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE TABLE registration_list (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        id text NOT NULL,
        partner_id text NOT NULL,
        status text NOT NULL,
        standing jsonb NOT NULL,
        submitted_by text NOT NULL,
        on_behalf boolean NOT NULL,
        submitted_at timestamptz,
        legal_name text,
        domain text,
        country_code text,
        product_families text[] NOT NULL,
        amount bigint,
        currency text,
        expected_close_on text,
        partner_opportunity_id text,
        protected_to timestamptz,
        outcome text,
        rejection_code text,
        began_at numeric(20,0) NOT NULL,
        search text NOT NULL
      );
      CREATE INDEX registration_list_newest ON registration_list (vendor, began_at, id);
      CREATE INDEX registration_list_partner ON registration_list (vendor, partner_id, began_at, id);
      CREATE INDEX registration_list_status ON registration_list (vendor, status, began_at, id);
      CREATE INDEX registration_list_opportunity ON registration_list (vendor, partner_opportunity_id);
      CREATE INDEX registration_list_families ON registration_list USING gin (product_families);
      CREATE INDEX registration_list_search ON registration_list USING gin (search gin_trgm_ops);
      CREATE TABLE review_queue (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        id text NOT NULL,
        partner_id text NOT NULL,
        status text NOT NULL,
        standing jsonb NOT NULL,
        waiting boolean NOT NULL,
        due_at timestamptz,
        assignee text,
        legal_name text NOT NULL,
        country_code text NOT NULL,
        product_families text[] NOT NULL,
        amount bigint NOT NULL,
        currency text NOT NULL,
        outcome text,
        place integer,
        steps_decided integer NOT NULL
      );
      CREATE INDEX review_queue_due ON review_queue (vendor, due_at, id) WHERE waiting;
      CREATE TABLE review_deadline (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        id text NOT NULL,
        due_at timestamptz NOT NULL,
        standing jsonb NOT NULL
      );
      CREATE INDEX review_deadline_due ON review_deadline (due_at);
      CREATE TABLE protection_deadline (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        id text NOT NULL,
        due_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        stopped boolean NOT NULL,
        reminder_days integer[] NOT NULL
      );
      CREATE INDEX protection_deadline_due ON protection_deadline (due_at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP TABLE protection_deadline; DROP TABLE review_deadline; DROP TABLE review_queue; DROP TABLE registration_list;',
    );
  }
}

export const registrationsMigrations = [Registrations1763800000001];
