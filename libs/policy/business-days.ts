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

/** What the zone's clocks are ahead of UTC at `utcMs`, in ms. */
const offsetMs = (utcMs: number, timeZone: string): number => {
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

const isWeekday = (localMs: number): boolean => ![0, 6].includes(new Date(localMs).getUTCDay());
const isBusinessDay = (localMs: number, { holidays }: Calendar): boolean =>
  isWeekday(localMs) && !holidays.includes(dateOf(localMs));

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
  let local = toLocal(from, calendar.timeZone);
  for (let left = days; left > 0;) {
    local += dayMs;
    if (isBusinessDay(local, calendar)) left--;
  }
  return toInstant(local, calendar.timeZone);
};

/**
 * How many business days come after the local date of `from`, up to and including that of `to`; negative where `to` is
 * the earlier. Each is a moment or a local date (YYYY-MM-DD).
 */
export const businessDaysBetween = (from: Instant, to: Instant, calendar: Calendar): number => {
  const dayOf = (at: string) => Date.parse(at.length === 10 ? at : localDate(at, calendar.timeZone));
  const [start, end] = [dayOf(from), dayOf(to)];
  if (end < start) return -businessDaysBetween(to, from, calendar);
  const free = new Set(calendar.holidays.map((day) => Date.parse(day)));
  const holidays = [...free].filter((day) => start < day && day <= end && isWeekday(day)).length;
  return weekdaysUpTo(end) - weekdaysUpTo(start) - holidays;
};
