import { join } from 'node:path';
import { pascalName, stackName } from '../../lib/config/names.ts';
import { dev } from '../../lib/config/stages/dev.ts';
import { functionsOf, inOrder, placeTheOrder } from '../support/invocations.ts';
import { complaint } from './answer.ts';
import { type SamCli, samCli } from './sam-cli.ts';
import { root, type System, startSystem } from './system.ts';

const seconds = (sinceMs: number): string => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

const invoke = async (sam: SamCli, { assembly, environmentFile }: System, name: string) => {
  const [service = '', fn = ''] = name.split('/');
  return complaint(
    name,
    await sam.invoke({
      template: join(assembly, `${stackName(dev.prefix, service)}.template.json`),
      functionId: pascalName(fn),
      eventFile: join(root, 'events/invoke', `${name}.json`),
      environmentFile,
    }),
  );
};

const invokeAll = async (sam: SamCli, system: System): Promise<number> => {
  const forgotten = functionsOf(system.assembly).filter((name) => !inOrder.includes(name));
  const failures = forgotten.map((name) => `${name}: no event in events/invoke`);
  await placeTheOrder(system.runtime.world.endpointUrl());
  for (const [index, name] of inOrder.entries()) {
    const startedMs = performance.now();
    const wrong = await invoke(sam, system, name);
    if (wrong !== undefined) failures.push(`${name}: ${wrong}`);
    const verdict = wrong === undefined ? 'ok  ' : 'FAIL';
    console.log(`${verdict} ${index + 1}/${inOrder.length} ${name.padEnd(36)} ${seconds(startedMs)}`);
  }
  for (const failure of failures) console.log(`\n${failure}`);
  return failures.length;
};

/** Answers how many failed. */
const invokeAllAndStop = async (sam: SamCli, system: System): Promise<number> => {
  try {
    return await invokeAll(sam, system);
  } finally {
    await system.runtime.stop();
  }
};

const startedMs = performance.now();
const sam = samCli();
console.log(`Preparing ${sam.name} ...`);
const missing = await sam.prepare();
if (missing === undefined) {
  const system = await startSystem();
  console.log(`Ready after ${seconds(startedMs)}; AWS calls go to ${system.runtime.world.endpointUrl()}`);
  const invokedMs = performance.now();
  const failed = await invokeAllAndStop(sam, system);
  console.log(`\n${inOrder.length} functions invoked by ${sam.name} in ${seconds(invokedMs)}`);
  console.log(`${inOrder.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} else {
  console.error(missing);
  process.exitCode = 1;
}
