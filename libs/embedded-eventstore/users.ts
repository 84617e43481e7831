import { CallError, Status } from './grpc.js';
import { type NewEvent, type Writer } from './writer.js';

/** The users of a fresh EventStoreDB, with the password that is known of them. There is no way to make others. */
const USERS = [
  { loginName: 'admin', fullName: 'Event Store Administrator', groups: ['$admins'] },
  { loginName: 'ops', fullName: 'Event Store Operations', groups: ['$ops'] },
];
const KNOWN = new Set(USERS.map(({ loginName }) => basic(loginName, 'changeit')));

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/**
 * Throws what a real node ends a call with whose credentials it does not know. A client sends them through TLS only, that
 * is through a proxy; a call without any may do everything.
 */
export function admit(authorization: string | undefined): void {
  if (authorization !== undefined && !KNOWN.has(authorization))
    throw new CallError(Status.unauthenticated, 'Access Denied', { exception: 'access-denied' });
}

const NOTHING = Buffer.alloc(0);
const event = (type: string, data: unknown): NewEvent => {
  const id = crypto.randomUUID();
  return { id, type, json: true, metadata: NOTHING, data: Buffer.from(JSON.stringify(data)) };
};

/** A fresh node's `$all` is never empty: it begins with what made the users. */
export async function writeUsers(writer: Writer): Promise<void> {
  const append = (stream: string, events: NewEvent[]) =>
    writer.submit({ kind: 'append', stream, expected: 'no_stream', events });
  await Promise.all([
    append(
      '$users',
      USERS.map(({ loginName }) => event('$User', loginName)),
    ),
    ...USERS.map((user) => append(`$user-${user.loginName}`, [event('$UserCreated', { ...user, disabled: false })])),
  ]);
}
