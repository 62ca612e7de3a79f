#!/usr/bin/env node
// Plain JavaScript, so that a Node.js too old to read TypeScript can still say so.
const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(
    `this is Node ${process.versions.node}; the functions run on Node ${OLDEST_NODE}, as on Lambda\n` +
      `  where: ${process.execPath}\n` +
      `  what to do: install Node ${OLDEST_NODE}, or run it through the package "node": npx -p node@${OLDEST_NODE} archipelago-local`,
  );
  process.exit(1);
}
await import('../src/cli/main.ts');
