// Runs before the build and needs nothing: an older Node cannot even parse what comes after it. `engines` says the same.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error('tiebreak: needs Node.js 20.19 or newer, this is ' + process.versions.node + ': install a newer one');
  process.exit(1);
}
