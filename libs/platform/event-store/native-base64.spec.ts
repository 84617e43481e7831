import { beforeAll, describe, expect, it } from '@jest/globals';
import protobuf from 'google-protobuf';
import { decodeBase64Natively } from './native-base64.js';

const message = protobuf.Message as unknown as { bytesAsU8: (source: string | Uint8Array) => Uint8Array };
const theirs = message.bytesAsU8;
beforeAll(decodeBase64Natively);

const bytes = (length: number) => Uint8Array.from({ length }, (_, n) => (n * 131 + length) % 256);

describe('base64 that is decoded natively', () => {
  it('is what google-protobuf makes of it, in the very class that it would not copy', () => {
    expect(message.bytesAsU8 === theirs).toBe(false);
    for (let length = 0; length < 70; length++) {
      const text = Buffer.from(bytes(length)).toString('base64');
      const decoded = message.bytesAsU8(text);
      expect(decoded).toEqual(theirs(text));
      expect(decoded.constructor).toBe(Uint8Array);
    }
  });
  it('leaves bytes as they are', () => {
    const given = bytes(9);
    expect(message.bytesAsU8(given)).toBe(given);
  });
});
