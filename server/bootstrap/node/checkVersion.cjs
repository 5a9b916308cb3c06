// CommonJS and old syntax on purpose: it must run on a Node that is too old for the rest, to say so.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Ciel needs Node 22.18 or later; this is ${process.versions.node}. "npm ci" installs Node 24 on Linux and Windows; on other systems install it from nodejs.org.`,
  );
  process.exit(1);
}
