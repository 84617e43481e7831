// Loaded before a built program, which would end in a stack where it isn't built. Preloaded, not run before it: behind a
// shell's `&&` a signal would not reach the program.
const { existsSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread && !existsSync(process.argv[1])) {
  console.error('tiebreak: not built yet: run npm run build first');
  process.exit(1);
}
