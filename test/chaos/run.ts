import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClient, type Reply } from './client.js';
import { commandsOf } from './commands.js';
import { families } from './customers.js';
import { breakThings } from './breaking.js';
import { inspect } from './inspection.js';
import { openLedger } from './ledger.js';
import { enrolPartners, startLoad } from './load.js';
import { watchProgress, type Watched } from './progress.js';
import { randomOf } from './random.js';
import { untilSettled } from './settling.js';
import { startStack } from './stack.js';
import { watchLog } from './watcher.js';

export type ChaosOptions = {
  readonly seed: string;
  readonly kills: number;
  /** At most; then it ends with the kills that it had. */
  readonly minutes: number;
  readonly apis?: number;
  readonly workers?: number;
  readonly perSecond?: number;
  /** Keeps logs, ledger and stores. */
  readonly keep?: boolean;
  /** No more faults from here on. */
  readonly stopping?: AbortSignal;
  readonly say?: (line: string) => void;
};

export type ChaosReport = {
  readonly seed: string;
  readonly seconds: number;
  readonly kills: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly commands: {
    readonly sent: number;
    readonly acknowledged: number;
    readonly refused: number;
    readonly attempts: number;
  };
  readonly events: number;
  /** From the end of the faults until every processor had seen all that was in the log. */
  readonly lagSeconds: number;
  readonly memory: Watched['memory'];
  /** Answers of 500 and above, by what they said. */
  readonly failures: Readonly<Record<string, number>>;
  /** Everything that did not hold. */
  readonly violations: readonly string[];
  /** Where it can be looked at. */
  readonly folder?: string;
};

const width = 48;
const settleMs = 240_000;

/** One run: load and faults by the seed, then everything that was promised is checked. Rejects where it can't be begun. */
export const runChaos = async (options: ChaosOptions): Promise<ChaosReport> => {
  const { seed, kills, minutes, apis = 2, workers = 2, perSecond = 40, keep = false } = options;
  const told = options.say ?? (() => undefined);
  const { stopping = new AbortController().signal } = options;
  const began = performance.now();
  const say = (line: string) =>
    told(`${String(Math.round((performance.now() - began) / 1_000)).padStart(5)} s  ${line}`);
  const folder = await mkdtemp(join(tmpdir(), 'tiebreak-chaos-'));
  await mkdir(folder, { recursive: true });
  const stack = await startStack(folder, { apis, workers }).catch(async (fault: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw fault;
  });
  try {
    const failures: Record<string, number> = {};
    const onFailure = (what: string, { status, body }: Reply) => {
      const route = what.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|crm-\d+|\/conflicts\/[^/]+/g, ':id');
      const name = `${status} ${body?.code ?? ''} ${status === 503 ? '' : route}`.trim();
      failures[name] = (failures[name] ?? 0) + 1;
    };
    const client = openClient(
      stack.apis.map(({ url }) => url),
      onFailure,
    );
    const ledger = openLedger(join(folder, 'ledger.ndjson'));
    await enrolPartners({ client }, families);
    say(`up in ${folder}`);

    const random = randomOf(`${seed} load`);
    const [loadOver, commandsOver] = [new AbortController(), new AbortController()];
    const commands = commandsOf(client, ledger, random, commandsOver.signal);
    const progress = watchProgress({ stack, ledger, commands, say });
    const watcher = watchLog(stack.eventStoreUrl);
    const load = startLoad(
      { client, commands, random, isBehind: () => progress.isBehind() },
      { width, perSecond, over: loadOver.signal },
    );
    const broken = await breakThings({ stack, commands, client, seed, kills, minutes, progress, stopping });

    loadOver.abort();
    say('no more faults');
    const patience = setTimeout(() => commandsOver.abort(), 90_000);
    await load;
    clearTimeout(patience);
    const settled = await untilSettled(stack, settleMs);
    say(`settled, lag 0 after ${settled.lagSeconds.toFixed(1)} s`);
    const memory = progress.stop();
    client.close();
    await ledger.end();

    const inspected = await inspect(stack, ledger.entries, await watcher.stop(), settled.processors, say);
    const broken500 = Object.entries(failures).flatMap(([what, times]) =>
      what.startsWith('503') ? [] : [`${times} times answered ${what}`],
    );
    const violations = [...broken500, ...commands.differences, ...stack.accidents(), ...inspected.violations];
    const sent = ledger.entries;
    return {
      seed,
      seconds: Math.round((performance.now() - began) / 1_000),
      kills: broken.kills,
      faults: broken.faults,
      commands: {
        sent: sent.length,
        acknowledged: sent.filter(({ answer }) => answer && answer.status < 300).length,
        refused: sent.filter(({ answer }) => answer && answer.status >= 400).length,
        attempts: sent.reduce((sum, { attempts }) => sum + attempts, 0),
      },
      events: inspected.events,
      lagSeconds: settled.lagSeconds,
      memory,
      failures,
      violations,
      ...(keep && { folder }),
    };
  } finally {
    await stack.stop();
    if (!keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};
