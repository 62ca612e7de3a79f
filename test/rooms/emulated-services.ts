const SERVICES = /^packages\/local\/src\/services\/([^/]+)\/(.+)$/;

/** What every emulated service is made of; a large one has a folder in place of a file. */
const PARTS = /^(service\.ts|(resources|operations|state)(\.ts$|\/))/;

/** What a service has beside these, each for the reason in its words. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  // The way of a request: each step a folder, and at the root what joins them.
  apigateway: [
    ...['request/', 'authorize/', 'respond/'],
    ...['api-listeners.ts', 'compiled-api.ts', 'open-exchange.ts', 'request-handler.ts', 'route-table.ts'],
    'token-bucket.ts',
  ],
  // Tokens are issued by the control API, not by a call.
  cognito: ['tokens/'],
  // The engine is another program.
  dynamodb: ['engine/'],
  // Tasks run without a call: they are kept at a number.
  ecs: ['tasks/'],
  // Functions run without a call: for an event, a mapping, a URL.
  lambda: ['invocation/', 'mappings/', 'url/'],
  // Questions come in as datagrams.
  servicediscovery: ['dns/'],
  // Segments come in as datagrams.
  xray: ['daemon.ts'],
};

const isOdd = (service: string, file: string): boolean =>
  !PARTS.test(file) && !MORE[service]?.some((name) => file === name || (name.endsWith('/') && file.startsWith(name)));

const has = (files: readonly string[], part: string): boolean =>
  files.some((file) => file === `${part}.ts` || file.startsWith(`${part}/`));

/** What is wrong with the files of emulated services: an odd one, a part that is missing, a part that stands twice. */
export const oddities = (paths: readonly string[]): readonly string[] => {
  const services = new Map<string, string[]>();
  for (const [, service = '', file = ''] of paths.flatMap((path) => [...path.matchAll(new RegExp(SERVICES, 'g'))])) {
    services.set(service, [...(services.get(service) ?? []), file]);
  }
  return [...services].flatMap(([service, files]) => [
    ...files.filter((file) => isOdd(service, file)).map((file) => `${service}/${file} is no part of a service`),
    ...(files.includes('service.ts') ? [] : [`${service} has no service.ts`]),
    ...(has(files, 'resources') || has(files, 'operations') ? [] : [`${service} has neither resources nor operations`]),
    ...['resources', 'operations', 'state']
      .filter((part) => files.includes(`${part}.ts`) && files.some((file) => file.startsWith(`${part}/`)))
      .map((part) => `${service} has ${part}.ts and ${part}/`),
  ]);
};
