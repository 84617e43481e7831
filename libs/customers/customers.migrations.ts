import type { MigrationInterface, QueryRunner } from 'typeorm';

class Customers1763800000501 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE TABLE customer_list (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        customer_key text NOT NULL,
        name text NOT NULL,
        country_code text NOT NULL,
        names text[] NOT NULL,
        domains text[] NOT NULL,
        registry_ids jsonb NOT NULL,
        merged_into text,
        holders jsonb NOT NULL,
        search text NOT NULL
      );
      CREATE INDEX customer_list_name ON customer_list (vendor, name, customer_key);
      CREATE INDEX customer_list_search ON customer_list USING gin (search gin_trgm_ops);
      CREATE TABLE customer_claims (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        claim_id text NOT NULL,
        kind text NOT NULL,
        partner_id text,
        customer_key text,
        product_families text[] NOT NULL,
        status text NOT NULL,
        live boolean NOT NULL,
        lost_families text[] NOT NULL,
        standing jsonb
      );
      CREATE INDEX customer_claims_customer ON customer_claims (vendor, customer_key, live DESC, claim_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE customer_claims; DROP TABLE customer_list;');
  }
}

export const customersMigrations = [Customers1763800000501];
