import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { DomainError } from '../../kernel/decider.js';
import { LogUnavailable, UnknownOutcome } from '../event-store/event-store.js';
import { isTransient } from './faults.js';
import { Transient } from './processor.js';

const postgres = (code: string) => new QueryFailedError('SELECT 1', [], Object.assign(new Error('no'), { code }));

describe('a transient fault', () => {
  it.each([
    ['the log is away', new LogUnavailable('no')],
    ['nobody knows whether it was appended', new UnknownOutcome('no')],
    ['a processor says so', new Transient('the broker is away')],
    ['it is behind another', new Error('handling failed', { cause: new LogUnavailable('no') })],
    ['Postgres shuts down', postgres('57P01')],
    ['Postgres drops the connection', postgres('08006')],
    ['two transactions block each other', postgres('40P01')],
    ['a lock is not to be had in time', postgres('55P03')],
    ['a disk is full', postgres('53100')],
    ['nobody listens', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['no address answers', new AggregateError([Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })])],
    ['the connection ended', new Error('Connection terminated unexpectedly')],
  ])('is that %s', (_, fault) => expect(isTransient(fault)).toBe(true));

  it.each([
    ['a rule refuses', new DomainError('registration.released')],
    ['code fails', new TypeError('undefined is not a function')],
    ['a row breaks a constraint', postgres('23505')],
    ['a value has no place in its column', postgres('22P02')],
    ['a table is missing', postgres('42P01')],
    ['it is no error at all', 'ECONNREFUSED'],
  ])('is not that %s', (_, fault) => expect(isTransient(fault)).toBe(false));
});
