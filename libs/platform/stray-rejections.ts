const theirs: ((reason: { readonly stack: string; readonly code: unknown; readonly name: string }) => boolean)[] = [];

const guard = (reason: unknown): void => {
  const { stack = '', code, name = '' } = (reason ?? {}) as { stack?: string; code?: unknown; name?: string };
  if (theirs.some((isTheirs) => isTheirs({ stack, code, name }))) return;
  // a listener takes Node's own end of the process away; without another one that decides, it is given back
  if (process.listenerCount('unhandledRejection') === 1) throw reason;
};

/**
 * From now on a rejection that a driver leaves unhandled, and that whoever called it hears of otherwise, doesn't end the
 * process; every other one does, as Node has it.
 */
export const spareRejections = (isTheirs: (typeof theirs)[number]): void => {
  if (!theirs.includes(isTheirs)) theirs.push(isTheirs);
  if (!process.listeners('unhandledRejection').includes(guard)) process.on('unhandledRejection', guard);
};
