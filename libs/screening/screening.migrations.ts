import type { MigrationInterface, QueryRunner } from 'typeorm';

class Screening1763800000101 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE screening_claim (
        vendor text NOT NULL,
        claim_id text NOT NULL,
        kind text NOT NULL,
        partner_id text,
        place integer NOT NULL,
        customer_key text NOT NULL,
        product_families text[] NOT NULL,
        lost_families text[] NOT NULL,
        complete_at text NOT NULL,
        returned_at text,
        policy_version text NOT NULL,
        content_hash text,
        record json NOT NULL,
        normalised json NOT NULL,
        normalised_by text NOT NULL,
        live boolean NOT NULL,
        open boolean NOT NULL,
        PRIMARY KEY (vendor, claim_id)
      );
      CREATE UNIQUE INDEX screening_claim_place ON screening_claim (vendor, place);
      CREATE INDEX screening_claim_customer ON screening_claim (vendor, customer_key) WHERE live;
      CREATE INDEX screening_claim_normalised_by ON screening_claim (normalised_by);
      CREATE INDEX screening_claim_open ON screening_claim (vendor, partner_id) WHERE open;
      CREATE TABLE screening_pair (
        vendor text NOT NULL,
        a text NOT NULL,
        b text NOT NULL,
        verdict text NOT NULL,
        PRIMARY KEY (vendor, a, b)
      );
      CREATE INDEX screening_pair_b ON screening_pair (vendor, b);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE screening_pair; DROP TABLE screening_claim;');
  }
}

export const screeningMigrations = [Screening1763800000101];
