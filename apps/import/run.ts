import type { Api } from './api.js';
import type { CsvFile, CsvRow } from './csv-file.js';
import { RowFault } from './failures.js';
import type { Progress } from './progress.js';
import type { Report } from './report.js';
import { rowKeys } from './row-key.js';
import { caseIds, latestPosition, screened, screeningOf } from './screening.js';
import { type Outcome, sendRow } from './sending.js';
import { type SheetName, sheets } from './sheets.js';

export type Source = { readonly sheet: SheetName; readonly file: CsvFile };

type Tally = { rows: number; created: number; repeated: number; refused: Record<string, number> };

/** What a run ends with. Seconds are real ones. */
export type Summary = {
  readonly rows: number;
  /** created + repeated */
  readonly accepted: number;
  readonly created: number;
  readonly repeated: number;
  /** By code. */
  readonly refused: Readonly<Record<string, number>>;
  readonly files: Readonly<Partial<Record<SheetName, Readonly<Tally>>>>;
  /** What screening made of the registrations that were accepted, now or in an earlier run. `rejected`: by code. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly clear: number;
  readonly possible: number;
  readonly inConflict: number;
  readonly casesOpened: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** How long the last row waited for its screening once all were sent. */
  readonly screeningSeconds: number;
};

type Setting = {
  readonly api: Api;
  readonly report: Report;
  readonly progress: Progress;
  readonly halt: AbortSignal;
  readonly screeningPatienceMs: number;
};

/** Sends every row, one after the other (their order in the log is what "first" means), and waits for the screening. */
export const runImport = async (sources: readonly Source[], setting: Setting): Promise<Summary> => {
  const { api, report, progress, halt, screeningPatienceMs } = setting;
  const before = { position: await latestPosition(api), cases: await caseIds(api) };
  const files: Partial<Record<SheetName, Tally>> = {};
  const ids: string[] = [];
  const began = Date.now();
  for (const { sheet, file } of sources) {
    const tally: Tally = { rows: 0, created: 0, repeated: 0, refused: {} };
    files[sheet] = tally;
    const keyOf = rowKeys();
    for await (const row of file.rows()) {
      halt.throwIfAborted();
      const outcome = await outcomeOf(api, sheet, row, keyOf, before.position);
      tally.rows++;
      if (outcome.outcome === 'refused') tally.refused[outcome.code] = (tally.refused[outcome.code] ?? 0) + 1;
      else tally[outcome.outcome]++;
      if (sheet === 'registrations' && 'id' in outcome) ids.push(outcome.id);
      await report.add({ file: file.path, row: row.row, ...shown(outcome) });
      progress.show(sheet, tally.rows, (tally.rows * file.size) / row.bytesRead);
    }
  }
  const sent = Date.now();
  await screeningOf(api, ids, {
    patienceMs: screeningPatienceMs,
    onProgress: (done) => progress.show('screened', done, ids.length),
    halt,
  });
  const screenedAt = Date.now();
  const result = await screened(api, ids, (done) => progress.show('reading results', done, ids.length));
  const cases = await caseIds(api, result.position);
  await report.close();
  progress.clear();
  const { rejected, clear, possible, inConflict } = result;
  const total = totalOf(Object.values(files));
  const seconds = (sent - began) / 1_000;
  return {
    ...total,
    files,
    rejected,
    clear,
    possible,
    inConflict,
    casesOpened: [...cases].filter((id) => !before.cases.has(id)).length,
    seconds,
    rowsPerSecond: Math.round((total.rows / Math.max(seconds, 0.001)) * 10) / 10,
    screeningSeconds: (screenedAt - sent) / 1_000,
  };
};

const outcomeOf = async (
  api: Api,
  sheet: SheetName,
  { cells }: CsvRow,
  keyOf: ReturnType<typeof rowKeys>,
  before: bigint,
): Promise<Outcome> => {
  try {
    if (cells instanceof RowFault) throw cells;
    const submission = sheets[sheet].submission(cells);
    return await sendRow(api, submission, keyOf(submission), before);
  } catch (fault) {
    if (fault instanceof RowFault) return { outcome: 'refused', code: fault.code, detail: fault.message };
    throw fault;
  }
};

const shown = (outcome: Outcome) =>
  outcome.outcome === 'refused'
    ? { outcome: outcome.outcome, id: null, code: outcome.code, detail: outcome.detail }
    : { outcome: outcome.outcome, id: outcome.id, code: null, detail: null };

const totalOf = (tallies: readonly Tally[]) => {
  const refused: Record<string, number> = {};
  let [rows, created, repeated] = [0, 0, 0];
  for (const tally of tallies) {
    rows += tally.rows;
    created += tally.created;
    repeated += tally.repeated;
    for (const [code, count] of Object.entries(tally.refused)) refused[code] = (refused[code] ?? 0) + count;
  }
  return { rows, accepted: created + repeated, created, repeated, refused };
};
