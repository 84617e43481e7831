import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { until } from '../../../support/until.js';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const jars = join(here, '../../../../node_modules/.cache/kafka-broker');

/** One KRaft node on 127.0.0.1, its data in a folder that outlives it. */
export type Broker = {
  readonly brokers: readonly string[];
  /** Answers once the broker does, at once where it runs already. */
  start(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
  /** Takes requests and answers none, until `thaw`. */
  freeze(): void;
  thaw(): void;
};

/** A broker that isn't started yet; the first time ever its jars (43 MB) come from Maven Central. */
export const prepareBroker = async (folder: string): Promise<Broker> => {
  if (!existsSync(jars)) {
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${jars}.new`, '-DincludeScope=runtime'];
    await run('mvn', ['-q', '-B', '-f', join(here, 'pom.xml'), ...goal]);
    await rename(`${jars}.new`, jars);
  }
  const [port, controllerPort] = [await freePort(), await freePort()];
  const properties = join(folder, 'server.properties');
  await mkdir(folder, { recursive: true });
  await writeFile(properties, propertiesOf(folder, port, controllerPort));
  const java = (...args: string[]) =>
    ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), ...args] as const;
  const cluster = randomBytes(16).toString('base64url');
  await run('java', [
    ...java('kafka.tools.StorageTool', 'format', '--standalone', `--cluster-id=${cluster}`, '-c', properties),
  ]);
  const brokers = [`127.0.0.1:${port}`];
  let child: ChildProcess | undefined;
  return {
    brokers,
    async start() {
      if (lives(child)) return;
      child = spawn('java', [...java('kafka.Kafka', properties)], { cwd: folder, stdio: 'ignore' });
      await until('the broker to answer', () => answers(brokers), 60_000);
    },
    async kill() {
      if (!lives(child)) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
};

const lives = (child: ChildProcess | undefined): child is ChildProcess =>
  child !== undefined && child.exitCode === null && child.signalCode === null;

const propertiesOf = (folder: string, port: number, controllerPort: number): string =>
  `process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
log.dirs=${join(folder, 'log')}
num.partitions=3
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
# else a killed broker is waited for 12 s
broker.session.timeout.ms=1000
broker.heartbeat.interval.ms=200
`;

const answers = async (brokers: readonly string[]): Promise<boolean> => {
  const retry = { retries: 0 };
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING, retry, connectionTimeout: 500 }).admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length === 1;
  } catch {
    return false;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
};
