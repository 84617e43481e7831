import { readFile } from 'node:fs/promises';
import { CannotFinish } from './failures.js';

/** Bearer tokens by whom they speak for: a partner's id, or `manager`. `undefined`: there is no such partner. */
export type Tokens = {
  readonly of: (who: string) => Promise<string | undefined>;
  /** It was refused. False: there is no other to be had. */
  readonly renew: (who: string) => boolean;
};

/** Tokens made beforehand: a JSON object, partner id → token, and `manager`. */
export const tokensFrom = async (path: string): Promise<Tokens> => {
  const known = await readFile(path, 'utf8').then(
    (text) => tokenMap(path, text),
    (fault: Error) => {
      throw new CannotFinish(`${path} can't be read: ${fault.message}`);
    },
  );
  return { of: (who) => Promise.resolve(known.get(who)), renew: () => false };
};

const tokenMap = (path: string, text: string): ReadonlyMap<string, string> => {
  const wrong = new CannotFinish(`${path}: not a JSON object of tokens by partner id, and manager`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw wrong;
  }
  if (typeof read !== 'object' || read === null) throw wrong;
  const entries = Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (!entries.some(([who]) => who === 'manager')) throw wrong;
  return new Map(entries);
};

type Issued = { readonly token: Promise<string | undefined>; readonly until: number };

/** Tokens of the quick start's personas, renewed a minute before they expire. `ask` posts the form and answers it. */
export const demoTokens = (
  ask: (persona: string) => Promise<{ readonly access_token: string; readonly expires_in: number } | undefined>,
): Tokens => {
  const issued = new Map<string, Issued>();
  return {
    of: async (who) => {
      const known = issued.get(who);
      if (known && known.until > Date.now()) return known.token;
      const answer = await ask(who === 'manager' ? 'manager-1' : who);
      const until = answer ? Date.now() + (answer.expires_in - 60) * 1_000 : Infinity;
      issued.set(who, { token: Promise.resolve(answer?.access_token), until });
      return answer?.access_token;
    },
    renew: (who) => issued.delete(who),
  };
};
