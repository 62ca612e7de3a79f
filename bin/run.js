// Plain JavaScript, so that a Node.js too old to read TypeScript can still say so.
const OLDEST_NODE = 24;

const { versions, execPath, argv } = process;

if (Number.parseInt(versions.node, 10) < OLDEST_NODE) {
  console.error(
    `this is Node ${versions.node}; the functions run on Node ${OLDEST_NODE}, as on Lambda\n` +
      `  where: ${execPath}\n` +
      '  what to do: run npm ci, which brings Node 24 for the npm scripts, and then the script (npm start)',
  );
  process.exit(1);
}

// The program sees the arguments that it would see without this file before it: `node bin/run.js local --port 0`.
const [name] = argv.splice(2, 1);
await import(`./${name}.ts`);
