// Runs on any Node: says what to do when this one is too old to run the sources. Keep it free of newer syntax.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Lắng Nghe needs Node 22.18 or newer, and this is ${process.version}. ` +
      'Run `npm ci` (it brings Node 24 for the npm scripts), or install Node 24 yourself.',
  );
  process.exit(1);
}
