import { join } from 'node:path';
import type { Bus } from '../../libs/platform/bus/bus.js';
import { fileBus } from '../../libs/platform/bus/file-bus.js';
import { kafkaBus } from '../../libs/platform/bus/kafka-bus.js';
import { publisher } from '../../libs/platform/bus/publisher.js';
import type { Config } from '../../libs/platform/config.js';
import type { Processor } from '../../libs/platform/processors/processor.js';
import { publisherName } from '../processor-names.js';
import { publicMessages } from '../public-messages.js';

/** Kafka where there are brokers, else the files of the data folder. Who opens it closes it, after the publishers. */
export const openBus = ({ kafkaBrokers, dataDir }: Pick<Config, 'kafkaBrokers' | 'dataDir'>): Bus =>
  kafkaBrokers.length > 0 ? kafkaBus({ brokers: kafkaBrokers }) : fileBus(join(dataDir, 'topics'));

/** One a slice, so that a poison event stops only its own. */
export const publishers = (bus: Bus, { topicPrefix }: Pick<Config, 'topicPrefix'>): Processor[] =>
  publicMessages.map((messages) => publisher({ name: publisherName(messages.slice), messages, bus, topicPrefix }));
