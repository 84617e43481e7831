import type { MigrationInterface, QueryRunner } from 'typeorm';

class CandidateSearch1763800000102 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // candidate_posting is read by index-only scans, which live on vacuumed pages; its rows come and go, none is updated
    await queryRunner.query(`
      CREATE TABLE candidate_vendor (
        number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        vendor text NOT NULL UNIQUE
      );
      CREATE TABLE candidate_claim (
        vendor integer NOT NULL,
        place integer NOT NULL,
        features integer[] NOT NULL,
        PRIMARY KEY (vendor, place)
      );
      CREATE TABLE candidate_posting (
        vendor integer NOT NULL,
        feature integer NOT NULL,
        place integer NOT NULL,
        counts smallint NOT NULL,
        PRIMARY KEY (vendor, feature, place) INCLUDE (counts)
      ) WITH (
        autovacuum_vacuum_insert_threshold = 20000, autovacuum_vacuum_insert_scale_factor = 0.01,
        autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_analyze_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 0
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE candidate_posting; DROP TABLE candidate_claim; DROP TABLE candidate_vendor;');
  }
}

export const candidateSearchMigrations = [CandidateSearch1763800000102];
