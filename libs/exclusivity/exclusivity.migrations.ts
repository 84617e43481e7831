import type { MigrationInterface, QueryRunner } from 'typeorm';

class Exclusivity1763800000401 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE exclusivity_grant (
        vendor text NOT NULL,
        grant_id text NOT NULL,
        customer_key text NOT NULL,
        family text NOT NULL,
        registration_id text NOT NULL,
        taken_at timestamptz NOT NULL DEFAULT now(),
        approved boolean NOT NULL DEFAULT false,
        moves_to text,
        PRIMARY KEY (vendor, grant_id, customer_key, family)
      );
      CREATE INDEX exclusivity_grant_registration ON exclusivity_grant (vendor, registration_id);
      CREATE INDEX exclusivity_grant_waiting ON exclusivity_grant (taken_at) WHERE NOT approved;
      CREATE INDEX exclusivity_grant_moving ON exclusivity_grant (vendor, moves_to, family) WHERE moves_to IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE exclusivity_grant;');
  }
}

export const exclusivityMigrations = [Exclusivity1763800000401];
