import { join } from 'node:path';
import { registered } from '../../e2e/people.ts';
import { brokenChange, REVISION, revisedChange } from '../changes.ts';
import { lastLines } from '../problem.ts';
import { deployFrom, type Site } from '../site.ts';
import { copySources, editSources } from '../source-copy.ts';
import { stackStatus } from '../stack-status.ts';

const revision = async ({ system }: Site): Promise<string | null> => {
  const { sub, client } = await registered(system);
  const reply = await client('GET', `/users/${sub}`);
  if (reply.status !== 200) throw new Error(`GET /users/${sub} answers ${reply.status}: ${reply.text}`);
  return reply.headers.get(REVISION);
};

const expectRevision = async (site: Site, expected: string | null): Promise<void> => {
  const served = await revision(site);
  if (served !== expected) throw new Error(`users serves revision ${served}, not ${expected}`);
};

/** A change that CloudFormation cannot complete leaves the old version serving; the mended one then takes over. */
export const rollsBack = async (site: Site): Promise<void> => {
  await expectRevision(site, null);
  const broken = join(site.folder, 'users-broken');
  await copySources(site.root, broken);
  await editSources(broken, [...revisedChange, ...brokenChange]);
  const { code, output } = await deployFrom(site, broken, 'users');
  if (code === 0) throw new Error('the broken change was deployed');
  if (!/AlreadyExists|already exists/.test(output))
    throw new Error(`it failed for another reason:\n${lastLines(output)}`);
  const status = await stackStatus(site.deployment.endpoint, 'users');
  if (status !== 'UPDATE_ROLLBACK_COMPLETE') throw new Error(`the stack is ${status}`);
  await expectRevision(site, null);

  const mended = join(site.folder, 'users-mended');
  await copySources(site.root, mended);
  await editSources(mended, revisedChange);
  const second = await deployFrom(site, mended, 'users');
  if (second.code !== 0) throw new Error(`the mended change failed:\n${lastLines(second.output)}`);
  await expectRevision(site, '2');
};
