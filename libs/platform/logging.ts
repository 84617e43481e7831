import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Written in the background, in pieces of 4 KB or each half second, so that a line costs a request next to nothing. */
export const startLogging = (level: string, name: string): Logger => {
  const out = pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 500 });
  process.on('exit', () => flush(out));
  return loggerTo(out, level, name);
};

export const loggerTo = (out: DestinationStream, level: string, name: string): Logger =>
  pino(
    {
      level,
      base: { name, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // errors of drivers carry statements and their parameters: personal data
      serializers: {
        err: (error: unknown) => (error instanceof Error ? described(error) : { message: String(error) }),
      },
    },
    out,
  );

const described = (error: Error): Record<string, unknown> => ({
  type: error.name,
  message: error.message,
  stack: error.stack,
  ...('code' in error && { code: error.code }),
  ...(error.cause instanceof Error && { cause: described(error.cause) }),
});

const flush = (out: ReturnType<typeof pino.destination>) => {
  try {
    out.flushSync();
  } catch {
    // not open yet, or the reader is gone
  }
};

const context = (rest: readonly unknown[]) => ({ context: rest.findLast((part) => typeof part === 'string') });

/** Nest's own lines through the same logger; its chatter about routes and modules only at `debug`. */
export const nestLogger = (logger: Logger): LoggerService => {
  return {
    log: (message: unknown, ...rest) => logger.debug(context(rest), String(message)),
    debug: (message: unknown, ...rest) => logger.debug(context(rest), String(message)),
    verbose: (message: unknown, ...rest) => logger.trace(context(rest), String(message)),
    warn: (message: unknown, ...rest) => logger.warn(context(rest), String(message)),
    error: (message: unknown, ...rest) =>
      logger.error({ ...context(rest), ...(message instanceof Error && { err: message }) }, String(message)),
    fatal: (message: unknown, ...rest) => logger.fatal(context(rest), String(message)),
  };
};
