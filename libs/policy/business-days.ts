import type { Instant } from '../kernel/decider.js';
import type { PolicyRules } from './policy.events.js';

export type Calendar = PolicyRules['calendar'];

const dayMs = 86_400_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

// making one costs a hundred times more than using it
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, clock);
  return clock;
};

// since 1973 every zone has changed its clocks at a full minute, Casey at one past midnight
const minuteMs = 60_000;
const firstEvenMs = Date.UTC(1973, 0);
const mostOffsets = 10_000;
const offsets = new Map<string, number>();

/** What the zone's clocks are ahead of UTC at `utcMs`, in ms. */
const offsetMs = (utcMs: number, timeZone: string): number => {
  if (timeZone === 'UTC') return 0;
  if (!(utcMs >= firstEvenMs)) return shownOffsetMs(utcMs, timeZone);
  const key = `${Math.floor(utcMs / minuteMs)} ${timeZone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = shownOffsetMs(utcMs, timeZone);
  if (offsets.size >= mostOffsets) offsets.clear();
  offsets.set(key, offset);
  return offset;
};

const shownOffsetMs = (utcMs: number, timeZone: string): number => {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(utcMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utcMs / 1_000) * 1_000;
};

// local times are held as if they were UTC, so that a day more is always 24 h
const toLocal = (at: Instant, timeZone: string): number => {
  const utcMs = Date.parse(at);
  return utcMs + offsetMs(utcMs, timeZone);
};

/** A local time that the clocks skip in spring is moved on by what they skip; of one that they show twice the earlier is meant. */
const toInstant = (localMs: number, timeZone: string): Instant => {
  const before = localMs - offsetMs(localMs - dayMs, timeZone);
  const after = localMs - offsetMs(localMs + dayMs, timeZone);
  const shows = (utcMs: number) => utcMs + offsetMs(utcMs, timeZone) === localMs;
  return new Date(shows(before) || !shows(after) ? before : after).toISOString();
};

const dateOf = (localMs: number): string => new Date(localMs).toISOString().slice(0, 10);

const dayOf = (localMs: number): number => Math.floor(localMs / dayMs) * dayMs;

// the epoch was a Thursday
const isWeekday = (localMs: number): boolean => (((Math.floor(localMs / dayMs) + 3) % 7) + 7) % 7 < 5;

const freeDays = new WeakMap<readonly string[], ReadonlySet<number>>();
/** The holidays that aren't weekends anyway. */
const freeWeekdays = ({ holidays }: Calendar): ReadonlySet<number> => {
  const known = freeDays.get(holidays);
  if (known) return known;
  const days = new Set(holidays.map((date) => Date.parse(date)).filter(isWeekday));
  freeDays.set(holidays, days);
  return days;
};

/** Weekdays since Sunday, 4 January 1970, that day's date included; negative before it. Far dates cost no more than near ones. */
const weekdaysUpTo = (dayAtMs: number): number => {
  const days = dayAtMs / dayMs - 3;
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7, 5);
};

/** The date that the zone's calendars show at `at`, YYYY-MM-DD. */
export const localDate = (at: Instant, timeZone: string): string => dateOf(toLocal(at, timeZone));

/**
 * The same local time of day, `days` (≥ 0, whole) business days later. From a weekend or a holiday, the next business
 * day is the first.
 */
export const addBusinessDays = (from: Instant, days: number, calendar: Calendar): Instant => {
  if (days === 0) return from;
  const free = freeWeekdays(calendar);
  let local = toLocal(from, calendar.timeZone);
  for (let left = days; left > 0;) {
    local += dayMs;
    if (isWeekday(local) && !free.has(dayOf(local))) left--;
  }
  return toInstant(local, calendar.timeZone);
};

/**
 * How many business days come after the local date of `from`, up to and including that of `to`; negative where `to` is
 * the earlier. Each is a moment or a local date (YYYY-MM-DD).
 */
export const businessDaysBetween = (from: Instant, to: Instant, calendar: Calendar): number => {
  const dateOfDay = (at: string) => (at.length === 10 ? Date.parse(at) : dayOf(toLocal(at, calendar.timeZone)));
  const [start, end] = [dateOfDay(from), dateOfDay(to)];
  if (end < start) return -businessDaysBetween(to, from, calendar);
  const holidays = [...freeWeekdays(calendar)].filter((day) => start < day && day <= end).length;
  return weekdaysUpTo(end) - weekdaysUpTo(start) - holidays;
};
