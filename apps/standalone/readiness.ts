import { setTimeout as wait } from 'node:timers/promises';

const patienceMs = 60_000;

/** Of what `/readyz` answers. */
type Health = { readonly checks: Readonly<Record<string, string>> };

/**
 * Waits until `/readyz` names nothing that waiting cures. Resolves to a line for each processor that is stopped: only an
 * operator lets one go on, by commands that need the rest to be up. Rejects after 60 s with what is the matter.
 */
export const untilServing = async (url: string): Promise<readonly string[]> => {
  let trouble = 'no answer';
  for (const began = performance.now(); performance.now() - began < patienceMs; await wait(50)) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      const health = (await answer.json()) as Health;
      const wrong = Object.entries(health.checks).filter(([, says]) => says !== 'ok');
      const stops = wrong.filter(([, says]) => says.startsWith(stopped));
      if (answer.ok || (stops.length > 0 && stops.length === wrong.length))
        return stops.map(([check, says]) => adviceOn(check.replace('processor ', ''), says.slice(stopped.length)));
      trouble = wrong.map(([check, says]) => `${check}: ${says}`).join('; ');
    } catch (fault) {
      trouble = String(fault);
    }
  }
  throw new Error(`${url} was not ready within ${patienceMs / 1_000} s: ${trouble}`);
};

const stopped = 'stopped: ';

const adviceOn = (name: string, why: string): string => {
  const command = (how: string) => `npm run processors -- ${how} ${name}`;
  if (why.endsWith('rebuild it')) return `${name} is stopped: ${why} (npm run rebuild -- ${name})`;
  if (why.includes('docs/operations.md')) return `${name} is stopped: ${why}`;
  return `${name} is stopped: ${why}. Once that is mended: ${command('retry')}; to pass it over for good: ${command('skip')}`;
};
