const parts = /^P(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;
const unitMs = [86_400_000, 3_600_000, 60_000, 1_000];

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds, e.g. `PT25H`; undefined for anything else. */
export const durationMs = (text: string): number | undefined => {
  const found = parts.exec(text);
  if (!found || text === 'P') return undefined;
  return unitMs.reduce((sum, ms, index) => sum + Number(found[index + 1] ?? 0) * ms, 0);
};
