import { isUtf8 } from 'node:buffer';
import { type Fault, HttpProblem, invalid } from './problem.js';

const deepest = 24;
const poisonous = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The JSON of a body, or 400: bytes that are no UTF-8, names that reach into prototypes, numbers beyond a double, and
 * text that Postgres or the log could not hold (NUL, half a surrogate pair). Nothing for an empty body.
 */
export const parseJsonBody = (bytes: Buffer): unknown => {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw invalid('', 'body.encoding', 'must be UTF-8');
  const text = bytes.toString('utf8');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw invalid('', 'body.json', error instanceof Error ? error.message.slice(0, 200) : 'must be JSON');
  }
  // only an escape can bring a control character or half a pair in: UTF-8 and JSON forbid them bare
  const escapes = text.includes('\\u');
  if (isSound(body, 0, escapes)) return body;
  const faults: Fault[] = [];
  inspect(body, '', 0, escapes, faults);
  throw new HttpProblem(400, 'request.invalid', { errors: faults.slice(0, 20) });
};

/** Path of a key in a JSON pointer. */
export const escapedKey = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Whether `inspect` would find nothing: most bodies need no pointers to faults. */
const isSound = (value: unknown, depth: number, escapes: boolean): boolean => {
  if (typeof value === 'string') return !escapes || isStorable(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= deepest) return false;
  if (Array.isArray(value)) return value.every((item) => isSound(item, depth + 1, escapes));
  return Object.entries(value).every(
    ([key, item]) => !poisonous.has(key) && (!escapes || isStorable(key)) && isSound(item, depth + 1, escapes),
  );
};

const inspect = (value: unknown, pointer: string, depth: number, escapes: boolean, faults: Fault[]): void => {
  if (typeof value === 'string') {
    if (escapes) inspectText(value, pointer, faults);
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) faults.push({ pointer, code: 'number.range', detail: 'is too large a number' });
  } else if (typeof value !== 'object' || value === null) {
    return;
  } else if (depth >= deepest) {
    faults.push({ pointer, code: 'body.depth', detail: `is nested deeper than ${deepest}` });
  } else if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) inspect(value[i], `${pointer}/${i}`, depth + 1, escapes, faults);
  } else {
    for (const key of Object.keys(value)) {
      const at = `${pointer}/${escapedKey(key)}`;
      if (poisonous.has(key)) faults.push({ pointer: at, code: 'field.unknown', detail: 'is not a field' });
      else if (escapes && !isStorable(key))
        faults.push({ pointer, code: 'text.characters', detail: 'has a broken name' });
      else inspect((value as Record<string, unknown>)[key], at, depth + 1, escapes, faults);
    }
  }
};

const inspectText = (text: string, pointer: string, faults: Fault[]): void => {
  if (!isStorable(text))
    faults.push({ pointer, code: 'text.characters', detail: 'has a NUL character or half a surrogate pair' });
};

/** Free of NUL and of lone surrogates. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !loneSurrogate.test(text);
const loneSurrogate = /\p{Surrogate}/u;
