import { describe, expect, it } from '@jest/globals';
import { runChaos } from './run.js';

// `npm run soak` is the long form
const kills = 50;

describe('under load, while everything is killed and cut off', () => {
  it(`loses, doubles and contradicts nothing in ${kills} kills`, async () => {
    const seed = process.env['CHAOS_SEED'] ?? String(Date.now());
    const report = await runChaos({ seed, kills, minutes: 8 }).catch((fault: unknown) => {
      throw new Error(`npm run soak -- --kills ${kills} --seed ${seed}`, { cause: fault });
    });
    expect({ seed, violations: report.violations }).toEqual({ seed, violations: [] });
    expect(report.kills).toBe(kills);
    expect(report.commands.acknowledged).toBeGreaterThan(50);
    expect(report.lagSeconds).toBeLessThan(30);
  }, 900_000);
});
