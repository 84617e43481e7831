import { afterEach, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../support/until.js';

const children: ChildProcess[] = [];
// a frozen one would keep the run of the tests from ending
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

const run = (args: readonly string[]) => {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const line = (pattern: RegExp) => until(String(pattern), () => said.split('\n').find((each) => pattern.test(each)));
  return { child, line };
};

// a process of its own: what it must survive would end the runner of the tests
const appending = (url: string) => `
  const { EventStoreDb } = await import(${JSON.stringify(`${process.cwd()}/dist/libs/platform/event-store/eventstoredb.js`)});
  const store = EventStoreDb.connect(${JSON.stringify(url)});
  const who = { $correlationId: '1', $causationId: '1', commandId: '1', at: '', actor: '', vendor: 'v', schema: 1 };
  const append = (n) => store.append('lead-v.' + n, 'no-stream', [
    { id: crypto.randomUUID(), type: 'Filled', data: { text: 'x'.repeat(8_000) }, metadata: who }]);
  await append('first');
  const told = new Promise((go) => process.once('SIGUSR2', go));
  console.log('connected');
  await told;
  const ends = Array.from({ length: 400 }, (_, n) => append(n));
  const all = Promise.allSettled(ends);
  // by now they stand in line
  setTimeout(() => console.log('waiting'), 500);
  const outcomes = 'outcomes ' + [...new Set((await all).map(({ reason }) => reason?.constructor.name))];
  // what nobody handled would end the process now
  setTimeout(() => { console.log(outcomes); process.exit(0); }, 100);`;

it('a log that freezes and dies under many appends leaves their outcomes unknown, and the process alive', async () => {
  const node = run(['dist/libs/embedded-eventstore/main.js', '--port', '0', '--memory']);
  const url = (await node.line(/^ready /)).split(' ')[1]!;
  const client = run(['--input-type=module', '-e', appending(url)]);
  await client.line(/^connected/);
  node.child.kill('SIGSTOP');
  client.child.kill('SIGUSR2');
  await client.line(/^waiting/);
  node.child.kill('SIGKILL');
  expect(await client.line(/^outcomes/)).toBe('outcomes UnknownOutcome');
  const [code] = client.child.exitCode === null ? await once(client.child, 'exit') : [client.child.exitCode];
  expect(code).toBe(0);
}, 30_000);
