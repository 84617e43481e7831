/** Reads one protobuf message. Sub-messages are read by a new reader over `bytes()`; nothing is copied. */
export class WireReader {
  private at = 0;
  private valueAt = -1;
  private wireType = 0;

  constructor(private readonly buffer: Buffer) {}

  /** Moves to the next field and gives its number, 0 at the end. A value that was not read is skipped. */
  next(): number {
    if (this.at === this.valueAt) this.skip();
    if (this.at >= this.buffer.length) return 0;
    const tag = this.uint();
    this.wireType = tag & 7;
    this.valueAt = this.at;
    return tag >>> 3;
  }

  /** A varint that fits a safe integer; larger ones lose their low digits and are only good for comparisons. */
  uint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  /** A 64-bit varint, exactly. */
  uint64(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
  }

  bytes(): Buffer {
    const length = this.uint();
    const end = this.at + length;
    if (end > this.buffer.length) throw new Error('protobuf message ends too early');
    const value = this.buffer.subarray(this.at, end);
    this.at = end;
    return value;
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  private skip(): void {
    if (this.wireType === 0) this.uint64();
    else if (this.wireType === 2) this.bytes();
    else if (this.wireType === 1) this.at += 8;
    else if (this.wireType === 5) this.at += 4;
    else throw new Error(`protobuf wire type ${this.wireType} is not known`);
  }

  private byte(): number {
    const value = this.buffer[this.at++];
    if (value === undefined) throw new Error('protobuf message ends too early');
    return value;
  }
}

/** Bytes that `value` (a safe integer) takes as a varint. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

/** Writes a safe integer as a varint and gives the offset after it. */
export function writeVarint(buffer: Buffer, at: number, value: number): number {
  let rest = value;
  while (rest >= 128) {
    buffer[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  buffer[at++] = rest;
  return at;
}

function varint(value: number | bigint): Buffer {
  if (typeof value === 'number' && value < 2 ** 53) {
    const buffer = Buffer.allocUnsafe(varintSize(value));
    writeVarint(buffer, 0, value);
    return buffer;
  }
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** A field that holds bytes, text or a message; pass the encoded message. */
export function bytesField(field: number, value: Buffer | string): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
}

export function uintField(field: number, value: number | bigint): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

/** A message field whose message has the given fields; without any it is present and empty. */
export function messageField(field: number, ...fields: Buffer[]): Buffer {
  return bytesField(field, Buffer.concat(fields));
}
