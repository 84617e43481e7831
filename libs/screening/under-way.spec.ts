import { describe, expect, it } from '@jest/globals';
import { openUnderWay } from './under-way.js';

/** Work that ends when it is told to. */
const held = () => {
  let [end, fail] = [() => {}, () => {}];
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = () => reject(new Error('no answer'));
  });
  return { work: () => ended, end, fail };
};

describe('what is under way', () => {
  it('touches what it may still change, until it has ended', async () => {
    const underWay = openUnderWay(2);
    const { work, end } = held();
    await underWay.start(['claim a', 'customer x'], work);
    expect([underWay.touches(['customer x', 'claim b']), underWay.touches(['claim b'])]).toEqual([true, false]);
    end();
    await underWay.settle();
    expect(underWay.touches(['customer x'])).toBe(false);
  });

  it('touches what was under way at a sight of it, although it has ended since', async () => {
    const underWay = openUnderWay(2);
    const { work, end } = held();
    await underWay.start(['claim a'], work);
    const touches = underWay.sight();
    end();
    await underWay.settle();
    expect([touches(['claim a']), touches(['claim b']), underWay.touches(['claim a'])]).toEqual([true, false, false]);
  });

  it('outlasts those that touch and no others, and hears of a fault', async () => {
    const underWay = openUnderWay(3);
    const [one, other] = [held(), held()];
    await underWay.start(['claim a'], one.work);
    await underWay.start(['claim b'], other.work);
    one.end();
    await underWay.outlast(['claim a']);
    expect([underWay.touches(['claim a']), underWay.touches(['claim b'])]).toEqual([false, true]);
    other.fail();
    await expect(underWay.outlast(['claim b'])).rejects.toThrow('no answer');
  });

  it('begins no more than it has room for', async () => {
    const underWay = openUnderWay(1);
    const [one, other] = [held(), held()];
    let begun = false;
    await underWay.start([], one.work);
    const second = underWay.start([], () => ((begun = true), other.work()));
    expect(begun).toBe(false);
    one.end();
    await second;
    expect(begun).toBe(true);
    other.end();
    await underWay.settle();
  });

  it('begins nothing after a fault, lets nobody go on from what failed, and tells it once the others have ended', async () => {
    const underWay = openUnderWay(2);
    const [failing, other] = [held(), held()];
    let begun = false;
    await underWay.start(['claim a'], failing.work);
    await underWay.start(['claim b'], other.work);
    failing.fail();
    const third = underWay.start(['claim c'], () => ((begun = true), Promise.resolve()));
    other.end();
    await expect(third).rejects.toThrow('no answer');
    expect(begun).toBe(false);

    const again = held();
    await underWay.start(['claim a'], again.work);
    again.fail();
    await expect(again.work()).rejects.toThrow('no answer');
    expect(underWay.touches(['claim a'])).toBe(true);
    await expect(underWay.settle()).rejects.toThrow('no answer');
  });
});
