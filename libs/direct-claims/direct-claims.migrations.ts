import type { MigrationInterface, QueryRunner } from 'typeorm';

class DirectClaims1763800000301 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE TABLE direct_claim_list (
        key text PRIMARY KEY,
        vendor text NOT NULL,
        crm_id text NOT NULL,
        status text NOT NULL,
        account_name text NOT NULL,
        country_code text NOT NULL,
        domain text,
        product_families text[] NOT NULL,
        lost_families text[] NOT NULL,
        stage text NOT NULL,
        owner text,
        opened_on text NOT NULL,
        customer_key text,
        cases text[] NOT NULL,
        search text NOT NULL
      );
      CREATE INDEX direct_claim_list_id ON direct_claim_list (vendor, crm_id);
      CREATE INDEX direct_claim_list_search ON direct_claim_list USING gin (search gin_trgm_ops);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE direct_claim_list;');
  }
}

export const directClaimsMigrations = [DirectClaims1763800000301];
