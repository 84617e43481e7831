import { Command, InvalidArgumentError } from 'commander';
import { EmbeddedEventStore } from './embedded-event-store.js';

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** Ends before the clients are answered: they find the node gone, which they try again, and whoever runs it starts it anew. */
function onBroken({ message }: Error): never {
  console.error(`error: ${message}`);
  process.exit(1);
}

const program = new Command('embedded-eventstore')
  .description('An event store of one node, on this machine only, for clients of EventStoreDB 23.10.')
  .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', portNumber, 2113)
  .option('--data <folder>', 'keep the log in this folder')
  .option('--memory', 'keep the log in memory; it is gone when the node stops')
  .action(async ({ port, data, memory }: { port: number; data?: string; memory?: true }) => {
    if ((data === undefined) !== (memory === true))
      program.error('error: say where to keep the log: either --data <folder> or --memory');
    const node = await EmbeddedEventStore.start({ port, path: data, onBroken });
    const stop = () => void node.close().then(() => process.exit(0));
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);
    console.log(`ready ${node.connectionString}`);
  });

try {
  await program.parseAsync();
} catch (error) {
  program.error(`error: ${(error as Error).message}`);
}
