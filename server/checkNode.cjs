// CommonJS and old syntax on purpose: it must run, and speak, on a Node that is too old for the rest.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Ciel needs Node 22.18 or later; this is ${process.versions.node}. "npm ci" brings Node 24 by itself on Linux and Windows; elsewhere install it from nodejs.org.`,
  );
  process.exit(1);
}
