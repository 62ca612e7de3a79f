/** A runtime with faults of its own, for last-resort.test.ts. */
import { setTimeout as pause } from 'node:timers/promises';
import { jsonReporter } from '../../src/cli/report/json-reporter.ts';
import { textReporter } from '../../src/cli/report/text-reporter.ts';
import { createWorld } from '../../src/core/create-world.ts';
import { goOnAfterFaults } from '../../src/runtime/last-resort.ts';

const world = createWorld();
world.provide('functions', {
  invoke: () => Promise.reject(new Error('unused')),
  invokeAsync: () => '',
  reload: () => [],
  names: () => [],
});
const terminal = {
  folder: '/project',
  interactive: false,
  colours: false,
  commandLine: String,
  out: (line: string) => console.log(line),
  err: (line: string) => console.log(line),
};
textReporter(terminal, { quiet: true, logs: false }).follow({ world });
jsonReporter(terminal, { quiet: false }).follow({ world });
goOnAfterFaults(world);
void Promise.reject(new Error('first'));
setTimeout(() => {
  throw new Error('second');
}, 1);
await pause(20);
console.log('still here');
await world.stop();
