import { cleanText, isPlain, toLatin } from './latin.js';
import { legalFormTable } from './legal-forms-table.js';

export type LegalKind =
  | 'limited'
  | 'stock'
  | 'partnership'
  | 'cooperative'
  | 'association'
  | 'foundation'
  | 'trust'
  | 'sole'
  | 'state'
  | 'other';

export type LegalForm = {
  readonly kind: LegalKind;
  /** The countries whose law knows it, the usual one first. */
  readonly countries: readonly string[];
};

type Entry = LegalForm & {
  readonly leads: boolean;
  /** A word or initials elsewhere. */
  readonly local: boolean;
  /** Part of the name. */
  readonly stays: boolean;
};

const compact = (form: string): string => toLatin(cleanText(form), '').replace(/[^a-z0-9]/g, '');

// written without blanks, or with letters whose Latin isn't spelt alike twice
const ownScript =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Thai}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Ethiopic}]/u;

const forms = new Map<string, Entry[]>();
const native = new Map<string, Entry>();
const nativeKey = (form: string): string => form.replace(/[\s.'"’”״׳]/g, '');

for (const line of legalFormTable.trim().split('\n')) {
  const [countries = '', kind = '', list = ''] = line.split(': ');
  for (const marked of list.split(' | ')) {
    const [, marks = '', form = ''] = /^([\^~=]*)(.*)$/u.exec(marked) ?? [];
    const entry: Entry = {
      kind: kind as LegalKind,
      countries: countries.split(' '),
      // spelt out, nobody takes it for a name
      leads: marks.includes('^') || (compact(form).length > 12 && form.includes(' ')),
      local: marks.includes('~'),
      stays: marks.includes('='),
    };
    if (ownScript.test(form)) {
      const key = nativeKey(cleanText(form));
      if (!native.has(key)) native.set(key, entry);
    } else {
      const key = compact(form);
      const entries = [...(forms.get(key) ?? []), entry];
      const local = entries.some((each) => each.local);
      forms.set(
        key,
        entries.map((each) => ({ ...each, local })),
      );
    }
  }
}

// letters dropped or doubled in a long form are slips
const fold = (form: string): string => form.replace(/(.)\1+/g, '$1');
const slips = new Map([...forms].filter(([form]) => form.length > 9).map(([form, entries]) => [fold(form), entries]));
const longestForm = 8;

const slipStarts = new Set([...slips.keys()].map((form) => form.slice(0, 4)));
const longest = Math.max(...[...forms.keys()].map((form) => form.length)) + 4;

const entriesOf = (form: string): readonly Entry[] | undefined =>
  forms.get(form) ?? (form.length > 9 && slipStarts.has(form.slice(0, 4)) ? slips.get(fold(form)) : undefined);

const find = (form: string, countryCode: string, leading: boolean, dotted: ReadonlySet<string>): Entry | undefined => {
  const entries = entriesOf(form);
  if (!entries) return undefined;
  const fits = (entry: Entry) => !leading || entry.leads;
  const own = entries.find((entry) => fits(entry) && entry.countries.includes(countryCode));
  if (own) return own;
  const foreign = entries.find((entry) => fits(entry) && (!entry.local || dotted.has(form)));
  // "AB Foods", "SA Power": two letters before a name are a form at home only
  return foreign && !(leading && form.length < 3) ? foreign : undefined;
};

export type CutName = {
  readonly rest: readonly string[];
  readonly form?: LegalForm;
  readonly tail?: readonly string[];
};

const none: ReadonlySet<string> = new Set();

/**
 * Cuts legal forms from both ends of a name's words, never all of them. `dotted` are words that were written as
 * initials with dots.
 */
export const cutLegalForms = (words: readonly string[], countryCode: string, dotted: ReadonlySet<string>): CutName => {
  let start = 0;
  let end = words.length;
  let form: LegalForm | undefined;
  const cut = (leading: boolean): boolean => {
    let written = '';
    let found: Entry | undefined;
    let size = 0;
    // the longest, so that "gmbh co kg" is one form and not a partnership of "… gmbh"
    for (let taken = 1; taken <= Math.min(longestForm, end - start); taken += 1) {
      written = leading ? written + words[start + taken - 1] : words[end - taken] + written;
      if (written.length > longest) break;
      const longer = find(written, countryCode, leading, dotted);
      if (longer) [found, size] = [longer, taken];
    }
    if (!found || size === end - start) return false;
    // "Co" beside a real form adds nothing to it
    if (!form || form.kind === 'other') form = found;
    if (found.stays) return false;
    if (leading) start += size;
    else end -= size;
    return true;
  };
  while (cut(false));
  while (cut(true));
  const rest = start === 0 && end === words.length ? words : words.slice(start, end);
  return { rest, ...(form === undefined ? {} : { form }) };
};

/** Cuts the first form that stands within a name's words ("Nestlé GmbH Berlin"); `tail` is what stood behind it. */
export const cutInnerForm = (words: readonly string[], countryCode: string): CutName | undefined => {
  for (let at = 1; at < words.length - 1; at += 1) {
    for (let size = Math.min(3, words.length - at - 1); size > 0; size -= 1) {
      const piece = size === 1 ? (words[at] ?? '') : words.slice(at, at + size).join('');
      const form = piece.length > 2 ? find(piece, countryCode, false, none) : undefined;
      if (!form || form.local || form.stays || form.kind === 'other') continue;
      const tail = words.slice(at + size);
      return { rest: [...words.slice(0, at), ...tail], form, tail };
    }
  }
  return undefined;
};

const escaped = (form: string): string =>
  [...form].map((sign) => sign.replace(/[\\^$.*+?|{}()[\]/]/g, '\\$&')).join(`[\\s.'"’”״׳]*`);
const anyNative = [...native.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map(escaped)
  .join('|');
const nativeStart = new RegExp(`^[\\s.()]*(${anyNative})(?:[\\s.)]+|(?=[^\\p{Script=Arabic}\\p{Script=Hebrew}]))`, 'u');
const nativeEnd = new RegExp(
  `(?:[\\s.(]+|(?<=[^\\p{Script=Arabic}\\p{Script=Hebrew}]))(${anyNative})[\\s.)'"״]*$`,
  'u',
);

/** Cuts forms of scripts without blanks from both ends of a clean name, as written. */
export const cutNativeForms = (name: string): { rest: string; form?: LegalForm } => {
  if (isPlain(name) || !ownScript.test(name)) return { rest: name };
  let rest = name.trim();
  let form: LegalForm | undefined;
  for (const end of [nativeEnd, nativeStart, nativeEnd, nativeStart]) {
    const [whole, found] = end.exec(rest) ?? [];
    if (whole === undefined || found === undefined) continue;
    const left = end === nativeEnd ? rest.slice(0, -whole.length) : rest.slice(whole.length);
    if (!/[\p{L}\p{N}]/u.test(left)) continue;
    const entry = native.get(nativeKey(found));
    if (!form || form.kind === 'other') form = entry;
    rest = left.trim();
  }
  return form ? { rest, form } : { rest };
};
