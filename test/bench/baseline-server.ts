import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

/**
 * The baseline of the benchmark: node:http that calls bundled handlers in its own process, straight to the same engine.
 * Arguments: `<path pattern>=<bundle>` each. It also stands in for Cloud Map, which knows only this server.
 */
interface Answer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

type Handler = (event: unknown, context: unknown) => Promise<Answer>;

const load = createRequire(import.meta.url);

const mounted = process.argv.slice(2).map((argument) => {
  const [pattern = '', bundle = ''] = argument.split('=');
  const { handler }: { readonly handler: Handler } = load(resolve(bundle));
  return { pattern: new RegExp(pattern), handler };
});

const CONTEXT = { awsRequestId: 'baseline', getRemainingTimeInMillis: () => 10_000 };

const TRACE = 'Root=1-6b05fba4-7d4e8ec9ebe6e9fad77990f8;Parent=53995c3f42cd8ad8;Sampled=1';

const CLAIMS = { sub: 'bench', scope: 'catalog/read orders/read orders/write' };

const eventOf = (incoming: IncomingMessage, path: string, params: Readonly<Record<string, string>>, body: string) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: '',
  headers: incoming.headers,
  pathParameters: params,
  requestContext: {
    requestId: 'baseline',
    http: { method: incoming.method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
    authorizer: { jwt: { claims: CLAIMS, scopes: null } },
  },
  ...(body === '' ? {} : { body }),
  isBase64Encoded: false,
});

const ownUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const discovered = () => ({
  Instances: [
    {
      InstanceId: 'baseline',
      HealthStatus: 'HEALTHY',
      Attributes: { origin: 'deploy', url: ownUrl() },
    },
  ],
});

const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  if (incoming.headers['x-amz-target']?.toString().endsWith('DiscoverInstances')) {
    outgoing.setHeader('content-type', 'application/x-amz-json-1.1');
    outgoing.end(JSON.stringify(discovered()));
    return;
  }
  const path = incoming.url ?? '/';
  for (const { pattern, handler } of mounted) {
    const match = pattern.exec(path);
    if (!match) continue;
    // As Lambda does for each invocation: without it the handler would leave its tracing out.
    process.env._X_AMZN_TRACE_ID = TRACE;
    const result = await handler(eventOf(incoming, path, { ...match.groups }, body), CONTEXT);
    outgoing.writeHead(result.statusCode ?? 200, result.headers);
    outgoing.end(result.body);
    return;
  }
  outgoing.writeHead(404).end();
};

const server = createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch((error: unknown) => outgoing.writeHead(500).end(String(error)));
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: ownUrl() }));
});
