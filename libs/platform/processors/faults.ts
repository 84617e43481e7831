import { LogUnavailable, UnknownOutcome, WrongExpectedRevision } from '../event-store/event-store.js';
import { Contended } from '../event-store/transact.js';
import { Transient } from './processor.js';

/** Connection, resources, cancelled or shut down, lost to another transaction, lock or time-out, input/output. */
const classes = new Set(['08', '53', '57', '40', '58']);
const codes = new Set(['55P03', '25P03', '25P04']);
const network = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_|ENOTFOUND)/;
// pg and TypeORM give these no code
const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Query runner already released/i;

/** Worth the same batch again: nothing about the event is wrong, something it needs is away. */
export const isTransient = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (
    error instanceof Transient ||
    error instanceof LogUnavailable ||
    error instanceof UnknownOutcome ||
    error instanceof WrongExpectedRevision ||
    error instanceof Contended
  )
    return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.length === 5 && (classes.has(code.slice(0, 2)) || codes.has(code))) return true;
  if (network.test(code) || (code === '' && lostConnection.test(error.message))) return true;
  if (error instanceof AggregateError && error.errors.some(isTransient)) return true;
  return isTransient(error.cause);
};
