import protobuf from 'google-protobuf';

/**
 * The log's client keeps the JSON of an event as base64, and has it decoded twice for each append by a decoder in JavaScript:
 * a tenth of what a submission costs. From now on Node's own does it, for this process; without it all is the same but slower.
 */
export const decodeBase64Natively = (): void => {
  const { Message } = protobuf;
  const decoded = Message.bytesAsU8.bind(Message);
  Message.bytesAsU8 = (source) => {
    if (typeof source !== 'string') return decoded(source);
    const { buffer, byteOffset, length } = Buffer.from(source, 'base64');
    // a Buffer would be copied once more
    return new Uint8Array(buffer, byteOffset, length);
  };
};
