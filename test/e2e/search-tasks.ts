import { mkdir, readdir, readFile, realpath, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DiscoverInstancesCommand, ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { clientOf } from './client.ts';
import type { RunningHere } from './system.ts';

export interface ShownTask {
  readonly id: string;
  readonly version: string;
  readonly status: string;
  readonly health: string;
}

export interface ShownService {
  readonly service: string;
  readonly version: string;
  readonly deployment: string;
  readonly desired: number;
  readonly tasks: readonly ShownTask[];
}

const SERVICE = 'archipelago-dev-search';

/** What an operator sees of the tasks of the search, and what becomes of them. */
export const searchTasks = ({ controlUrl, controlToken, endpointUrl, folder }: RunningHere) => {
  const control = clientOf(controlUrl, controlToken);
  const registry = new ServiceDiscoveryClient({
    endpoint: endpointUrl,
    disableHostPrefix: true,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const assembly = join(folder, 'cdk.out');

  const shown = async (): Promise<ShownService> => {
    const services: readonly ShownService[] = JSON.parse((await control('GET', '/control/tasks')).text);
    const service = services.find((each) => each.service === SERVICE);
    if (!service) throw new Error(`${SERVICE} does not run`);
    return service;
  };

  /** The assembly is there again, with another text of its templates and assets; the system follows it. */
  const release = async (edit: (text: string) => string): Promise<void> => {
    for (const name of (await readdir(assembly)).filter((each) => each.startsWith(`${SERVICE}.`))) {
      const file = join(assembly, name);
      const text = await readFile(file, 'utf8');
      await writeFile(file, edit(text));
    }
    await utimes(join(assembly, 'manifest.json'), new Date(), new Date());
  };

  return {
    shown,
    serving: async () =>
      (await shown()).tasks.filter(({ status, health }) => status === 'RUNNING' && health === 'HEALTHY'),
    kill: (id: string) => control('POST', `/control/tasks/${id}/kill`),
    /** So busy are the tasks from now on, for so many minutes of the system's clock. */
    load: async (cpu: number, minutes: number): Promise<void> => {
      await control('POST', `/control/tasks/${SERVICE}/load`, { body: { cpu } });
      await control('POST', '/control/clock/advance', { body: { ms: minutes * 60_000 } });
    },
    /** The ids of the tasks that Cloud Map gives to callers, in order. */
    registered: async (): Promise<readonly string[]> => {
      const { Instances = [] } = await registry.send(
        new DiscoverInstancesCommand({
          NamespaceName: 'archipelago-dev.svc.internal',
          ServiceName: 'search',
          HealthStatus: 'HEALTHY',
        }),
      );
      return Instances.map(({ InstanceId = '' }) => InstanceId).toSorted();
    },
    release,
    /** An image whose program is another one. */
    releaseProgram: async (program: string): Promise<void> => {
      const names = await readdir(assembly);
      const template = await readFile(join(assembly, `${SERVICE}.template.json`), 'utf8');
      const hashes = names.flatMap((name) => /^asset\.(.*)\.task$/.exec(name)?.[1] ?? []);
      const hash = hashes.find((each) => template.includes(each));
      if (hash === undefined) throw new Error(`the assembly has no image of ${SERVICE}`);
      const next = hash.split('').toReversed().join('');
      const folderOf = (each: string) => join(assembly, `asset.${each}.task`);
      const [from, to] = [await realpath(folderOf(hash)), folderOf(next)];
      await mkdir(to);
      for (const name of await readdir(from)) {
        if (name === 'main.js') await writeFile(join(to, name), program);
        else await symlink(join(from, name), join(to, name));
      }
      await release((text) => text.replaceAll(hash, next));
    },
    logged: async (): Promise<readonly string[]> => {
      const entries: readonly { readonly serviceName?: string; readonly message: string }[] = JSON.parse(
        (await control('GET', '/control/logs')).text,
      );
      return entries.filter(({ serviceName }) => serviceName === SERVICE).map(({ message }) => message);
    },
    close: () => registry.destroy(),
  };
};

export type SearchTasks = ReturnType<typeof searchTasks>;
