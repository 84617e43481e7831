import type { MergePatch } from './registration.commands.js';
import type { DealFields } from './registration.events.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const merged = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const result = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
};

/** RFC 7396. What the patch removes is gone; whether the rest is enough is for the submission to say. */
export const mergePatch = (fields: Partial<DealFields>, patch: MergePatch): Partial<DealFields> =>
  merged(fields, patch) as Partial<DealFields>;
