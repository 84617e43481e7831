// imports nothing before the check: on an old Node the rest does not even parse
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`tiebreak: needs Node.js 20.19 or newer, this is ${process.versions.node}: install a newer one`);
  process.exit(1);
}
void import('./start.js').then(({ start }) => start(process.env, process.argv));
