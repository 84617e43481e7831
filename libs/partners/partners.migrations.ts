import type { MigrationInterface, QueryRunner } from 'typeorm';

class Partners1763800000201 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE TABLE partner_list (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        partner_id text NOT NULL,
        status text NOT NULL,
        legal_name text NOT NULL,
        domain text NOT NULL,
        country_code text NOT NULL,
        type text NOT NULL,
        tier text NOT NULL,
        territories text[] NOT NULL,
        authorised_families text[] NOT NULL,
        channel_manager text,
        search text NOT NULL
      );
      CREATE INDEX partner_list_id ON partner_list (vendor, partner_id);
      CREATE INDEX partner_list_search ON partner_list USING gin (search gin_trgm_ops);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE partner_list;');
  }
}

export const partnersMigrations = [Partners1763800000201];
