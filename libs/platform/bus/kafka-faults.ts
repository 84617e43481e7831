import { spareRejections } from '../stray-rejections.js';

// kafkajs has no dependable flag: a refused connection is "non-retriable" by name, although waiting cures it.

/** The error and everything that is said to have caused it. */
const causesOf = (fault: unknown): Error[] => {
  const causes: Error[] = [];
  for (let at = fault; at instanceof Error && !causes.includes(at); at = at.cause) causes.push(at);
  const several = causes.flatMap((cause) => ('errors' in cause && Array.isArray(cause.errors) ? cause.errors : []));
  return [...causes, ...several.flatMap(causesOf)];
};
const typeOf = (fault: Error): string => ('type' in fault && typeof fault.type === 'string' ? fault.type : '');

const messageTypes = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP']);

/** The broker refuses the messages themselves: sending them again cures nothing, and nothing of their batch is written. */
export const isAboutMessages = (fault: unknown): boolean =>
  causesOf(fault).some((cause) => messageTypes.has(typeOf(cause)));

const unreached = /Connection|Timeout|MetadataNotLoaded|BrokerNotFound/;
const network = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_|ENOTFOUND)/;

/** Its producer can go on: it couldn't reach the broker, had no answer, or was told to try again. */
export const sparesProducer = (fault: unknown): boolean => {
  const causes = causesOf(fault);
  if (isAboutMessages(fault)) return true;
  if (causes.some((cause) => unreached.test(cause.name) || ('code' in cause && network.test(String(cause.code)))))
    return true;
  const deepest = causes.findLast(({ name }) => name.startsWith('KafkaJS'));
  return deepest !== undefined && 'retriable' in deepest && deepest.retriable === true;
};

/** In a line, with the cause that explains it. */
export const whyOf = (fault: unknown): string => {
  const [first, ...others] = [...new Set(causesOf(fault).map(({ message }) => message))];
  return first === undefined ? String(fault) : [first, ...others].join(': ');
};

/** kafkajs leaves some unhandled, as on a broker's restart. */
export const sparingTheProcess = (): void => spareRejections(isOfKafkaJs);

const isOfKafkaJs: Parameters<typeof spareRejections>[0] = ({ name, stack }) =>
  name.startsWith('KafkaJS') || /node_modules.kafkajs./.test(stack);
