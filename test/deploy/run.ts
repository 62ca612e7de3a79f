import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deploysInOrder, servicesIn, shuffled } from './cases/any-order.ts';
import { destroysAll } from './cases/destroy-all.ts';
import { destroysLeaf } from './cases/destroy-leaf.ts';
import { showsNoDifference } from './cases/no-difference.ts';
import { isRefused, refusals } from './cases/refusals.ts';
import { rejects } from './cases/rejected-types.ts';
import { rollsBack } from './cases/roll-back.ts';
import { signsIn } from './cases/sign-in.ts';
import { updatesAlone } from './cases/update-alone.ts';
import { ACCOUNT, cdkCli, REGION } from './cdk-cli.ts';
import { onInterruption } from './command.ts';
import { deployedSystem } from './deployed-system.ts';
import { readDeployment } from './deployment.ts';
import { runE2e } from './e2e-run.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { freePort } from './free-port.ts';
import { leftOut, rejectedTypes } from './left-out.ts';
import { readOptions } from './options.ts';
import { Problem } from './problem.ts';
import { installedEmulator, MINISTACK_VERSION } from './python-environment.ts';
import type { Site } from './site.ts';
import { progress, Tally } from './tally.ts';

const ORDERS = 3;

const root = resolve(import.meta.dirname, '../..');
const tally = new Tally();

/** From an empty account to the system, as the first lines of the README's section on deploying. */
const deployAll = async (folder: string, { endpoint, stateFolder }: Emulator): Promise<Site> => {
  const home = join(folder, 'home');
  await mkdir(home);
  const cdk = cdkCli(root, home, endpoint);
  const assembly = join(folder, 'assembly');
  progress('synthesize stage emulator');
  await cdk.succeed(['synth', '--quiet', '-c', 'stage=emulator', '--output', assembly]);
  for (const refusal of refusals) {
    await tally.try(`refuses ${refusal.name}`, () => isRefused(refusal, cdk, assembly, endpoint));
  }
  await tally.try('the emulator rejects what its stage leaves out', () => rejects(endpoint));
  progress(`bootstrap aws://${ACCOUNT}/${REGION}`);
  await cdk.succeed(['bootstrap', `aws://${ACCOUNT}/${REGION}`]);
  progress('deploy every stack');
  const outputs = join(folder, 'outputs.json');
  const all = ['deploy', '--all', '--app', assembly, '--require-approval', 'never', '--concurrency', '4'];
  await cdk.succeed([...all, '--outputs-file', outputs]);
  tally.pass('deploys every stack with the pinned CDK CLI');
  const deployment = await readDeployment(outputs, endpoint, stateFolder);
  return { root, folder, assembly, cdk, deployment, system: await deployedSystem(deployment) };
};

const runCases = async (site: Site): Promise<void> => {
  await tally.try('cdk diff shows nothing after a second synthesis', () => showsNoDifference(site));
  progress('run the e2e cases against the deployment');
  const { passed, failed } = await runE2e(root, site.folder, site.deployment);
  for (const name of passed) tally.pass(name);
  for (const { name, reason } of failed) tally.fail(name, reason);

  await tally.try('signs a person in at the deployed user pool', () => signsIn(site));
  await tally.try('(a) updates one service alone under steady traffic', async () => progress(await updatesAlone(site)));
  await tally.try('(b) rolls a change back that cannot be completed, then takes the mended one', () => rollsBack(site));
  const services = await servicesIn(site.assembly);
  for (let turn = 1; turn <= ORDERS; turn += 1) {
    const order = shuffled(services);
    await tally.try(`(c) deploys services in the order ${order.join(', ')}`, () => deploysInOrder(site, order));
  }
  await tally.try('(d) destroys a leaf service while the others serve', () => destroysLeaf(site));
  await tally.try('(e) destroys everything and leaves nothing', () => destroysAll(site));
};

const run = async (): Promise<void> => {
  const { port } = readOptions(process.argv.slice(2));
  const chosen = await freePort(port);
  progress(`install ministack ${MINISTACK_VERSION}, unless it is there`);
  const program = await installedEmulator(join(root, '.local/deploy/python'));
  const folder = await mkdtemp(join(tmpdir(), 'archipelago-deploy-'));
  let emulator: Emulator | undefined;
  const cleanUp = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  onInterruption(async () => {
    await emulator?.stop();
    await cleanUp();
  });
  try {
    progress(`start the emulator on port ${chosen}`);
    emulator = await startEmulator({ program, port: chosen, root, folder });
    const site = await deployAll(folder, emulator);
    await runCases(site);
    await site.system.stop();
  } finally {
    const started = emulator;
    if (started) await tally.try('leaves no process behind', () => started.stop());
    await cleanUp();
  }
};

try {
  await run();
} catch (error) {
  tally.failed += 1;
  console.error(error instanceof Problem ? error.message : error);
}
for (const { name, reason } of leftOut) console.log(`left out: ${name}: ${reason}`);
for (const { type, reason } of rejectedTypes) console.log(`left out: ${type}: ${reason}`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
