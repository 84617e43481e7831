import { describe, expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import { DomainError } from '../../kernel/decider.js';
import { LogUnavailable, UnknownOutcome } from '../event-store/event-store.js';
import { Contended, StaleRevision } from '../event-store/transact.js';
import { HttpProblem, problemOf, refusalOf } from './problem.js';

const told = (error: unknown) => {
  const { status, code } = refusalOf(error);
  return [status, code];
};

describe('a failure as a problem', () => {
  it.each([
    [new DomainError('lead.gone'), 409, 'lead.gone'],
    [new DomainError('lead.late', {}, 'meaning'), 422, 'lead.late'],
    [new DomainError('lead.unknown', {}, 'unknown'), 404, 'lead.unknown'],
    [new DomainError('lead.stranger', {}, 'person'), 403, 'lead.stranger'],
    [new StaleRevision(3), 412, 'precondition.stale'],
    [new Contended('x'), 503, 'log.contended'],
    [new LogUnavailable('x'), 503, 'log.unavailable'],
    [new UnknownOutcome('x'), 503, 'log.outcome-unknown'],
    [new HttpProblem(428, 'precondition.required'), 428, 'precondition.required'],
    [new NotFoundException(), 404, 'route.unknown'],
    [Object.assign(new Error('too big'), { statusCode: 413 }), 413, 'request.too-large'],
    [Object.assign(new Error('odd'), { statusCode: 418 }), 500, 'internal'],
    [Object.assign(new Error('query failed'), { driverError: { code: '57P01' } }), 503, 'database.unavailable'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 503, 'database.unavailable'],
    [new Error('Connection terminated unexpectedly'), 503, 'database.unavailable'],
    [Object.assign(new Error('duplicate key'), { code: '23505' }), 500, 'internal'],
    [new TypeError('x is undefined'), 500, 'internal'],
    ['thrown text', 500, 'internal'],
    [undefined, 500, 'internal'],
  ])('%s', (error, status, code) => expect(told(error)).toEqual([status, code]));

  it('says when to come again, where that helps', () => {
    expect(refusalOf(new LogUnavailable('x')).more.headers).toEqual({ 'retry-after': '1' });
    expect(refusalOf(new DomainError('lead.gone')).more.headers).toBeUndefined();
  });

  it('points at what the rules found wrong', () =>
    expect(
      refusalOf(new DomainError('policy.invalid', { '/reminderDays': 'must fall' }, 'meaning')).more.errors,
    ).toEqual([{ pointer: '/reminderDays', code: 'policy.invalid', detail: 'must fall' }]));

  it('has every member, a text of the table or one made of its code', () => {
    expect(problemOf(refusalOf(new StaleRevision(3)), '/v1/leads/1', 'abc')).toEqual({
      type: 'urn:tiebreak:problem:precondition.stale',
      title: 'Changed meanwhile',
      status: 412,
      detail: 'It has changed since the revision you have seen; read it again.',
      instance: '/v1/leads/1',
      code: 'precondition.stale',
      currentRevision: 3,
      traceId: 'abc',
    });
    const made = problemOf(refusalOf(new DomainError('direct-claim.too-old', { max: 3, partner: 'rival' })), '/', 'a');
    expect(made).toMatchObject({ title: 'Direct claim: too old' });
    expect(made.detail).toBe('Its present state does not allow this (max 3).');
  });
});
