import { PassThrough } from 'node:stream';
import { describe, expect, it, jest } from '@jest/globals';
import { progressOn } from './progress.js';

const shown = (isTTY: boolean): string => {
  jest.useFakeTimers({ now: 0 });
  const stream = Object.assign(new PassThrough(), { isTTY });
  const progress = progressOn(stream as unknown as NodeJS.WriteStream);
  for (let second = 0; second <= 12; second += 1) {
    progress.show('copying', second * 100, second * 1_000, 20_000);
    jest.advanceTimersByTime(1_000);
  }
  progress.note('done');
  jest.useRealTimers();
  return String(stream.read());
};

describe('progress', () => {
  it('is a line every five seconds where nobody watches: rate, percent, time left', () => {
    expect(shown(false)).toBe(
      'copying: 500 events, 100/s, 25 %, 15 s left\ncopying: 1000 events, 100/s, 50 %, 10 s left\ndone\n',
    );
  });

  it('is one line that stays where it is on a terminal', () => {
    const text = shown(true);
    expect(text).not.toMatch(/\n./);
    expect(text.split('\r\u001B[2K').slice(-3)).toEqual([
      'copying: 1100 events, 100/s, 55 %, 9 s left',
      'copying: 1200 events, 100/s, 60 %, 8 s left',
      'done\n',
    ]);
  });
});
