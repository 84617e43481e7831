import { Command, InvalidArgumentError, Option } from 'commander';
import { EmbeddedEventStore } from './embedded-event-store.js';
import { badDay } from './unkind.js';

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}

/** Ends before the clients are answered: they find the node gone, which they try again, and whoever runs it starts it anew. */
function onBroken({ message }: Error): never {
  console.error(`error: ${message}`);
  process.exit(1);
}

interface Options {
  readonly port: number;
  readonly data?: string;
  readonly memory?: true;
  readonly maxBytes?: number;
  readonly unkind?: number;
}

const program = new Command('embedded-eventstore')
  .description('An event store of one node, on this machine only, for clients of EventStoreDB 23.10.')
  .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', portNumber, 2113)
  .option('--data <folder>', 'keep the log in this folder')
  .option('--memory', 'keep the log in memory; it is gone when the node stops')
  .addOption(
    new Option('--max-bytes <number>', 'let the log have this many bytes of events and no more')
      .env('EVENTSTORE_MAX_BYTES')
      .argParser(wholeNumber),
  )
  .addOption(
    new Option('--unkind <seed>', 'for tests: delay, cut and drop clients now and then, as the seed says')
      .env('EVENTSTORE_UNKIND')
      .argParser(wholeNumber),
  )
  .action(async ({ port, data, memory, maxBytes, unkind: seed }: Options) => {
    if ((data === undefined) !== (memory === true))
      program.error('error: say where to keep the log: either --data <folder> or --memory');
    const node = await EmbeddedEventStore.start({
      port,
      path: data,
      maxBytes,
      unkind: seed === undefined ? undefined : badDay(seed),
      onBroken,
    });
    const stop = () => void node.close().then(() => process.exit(0));
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);
    console.log(`ready ${node.connectionString}`);
  });

try {
  await program.parseAsync();
} catch (error) {
  program.error(`error: ${(error as Error).message}`);
}
