import { once } from 'node:events';
import { createServer } from 'node:http2';
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient, type ServiceImpl, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SearchService } from '../../../events/grpc/archipelago/search/v1/search_pb.ts';
import { Health, HealthCheckResponse_ServingStatus as Status } from '../../../events/grpc/grpc/health/v1/health_pb.ts';
import { ServerReflection } from '../../../events/grpc/grpc/reflection/v1/reflection_pb.ts';
import { ServerReflection as OldReflection } from '../../../events/grpc/grpc/reflection/v1alpha/reflection_pb.ts';
import { type GrpcServer, startGrpcServer } from '../../../functions/adapters/grpc/server.ts';
import { createTaskClient } from '../../../functions/adapters/grpc/task-client.ts';
import { pause } from '../../../functions/adapters/node/pause.ts';
import { observedCalls } from '../../../functions/edge/grpc/observed-calls.ts';
import { answeredTo } from '../../../functions/edge/grpc/status.ts';
import { problemOf } from '../../../functions/edge/http/problem.ts';
import { Refused } from '../../../functions/kernel/values/errors.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const cause = { correlationId: 'corr-1', causationId: 'req-1', traceparent };

const servers: GrpcServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop(0)));
});

const serve = async (search: Partial<ServiceImpl<typeof SearchService>>) => {
  const runtime = createRecordingRuntime();
  const traces: (string | undefined)[] = [];
  const server = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    services: [SearchService],
    routes: (router) => void router.service(SearchService, search),
    interceptors: [
      observedCalls(runtime, (sent, run) => {
        traces.push(sent);
        return run();
      }),
    ],
  });
  servers.push(server);
  const transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${server.port}` });
  return { server, transport, runtime, traces };
};

/** A task that ends each answer without its status, as one does that is killed meanwhile. Its port. */
const brokenTask = async (): Promise<number> => {
  const broken = createServer().on('stream', (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' });
    stream.end(() => stream.session?.destroy());
  });
  broken.listen(0, '127.0.0.1').unref();
  await once(broken, 'listening');
  const address = broken.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/** Asks these ports through the typed client, with real time. */
const asking = (...ports: readonly number[]) => {
  const { log } = createRecordingRuntime();
  const instances = ports.map((port) => ({ id: String(port), url: `http://127.0.0.1:${port}`, origin: 'deploy' }));
  return createTaskClient(SearchService, 'search', {
    clock: { now: Date.now },
    random: Math.random,
    pause,
    log,
    lookup: { instances: async () => instances },
  });
};

const reflect = async (
  service: typeof ServerReflection | typeof OldReflection,
  transport: Transport,
  messageRequest: { readonly case: 'listServices' | 'fileContainingSymbol'; readonly value: string },
) => {
  async function* questions() {
    yield { messageRequest };
  }
  const client = createClient(ServerReflection, transport);
  const old = createClient(OldReflection, transport);
  const answers = service === ServerReflection ? client : old;
  for await (const { messageResponse } of answers.serverReflectionInfo(questions())) return messageResponse;
  throw new Error('no answer');
};

describe('a gRPC server', () => {
  it.each([
    ['v1', ServerReflection],
    ['v1alpha', OldReflection],
  ])('says what it offers by reflection %s', async (_version, service) => {
    const { transport } = await serve({});
    const listed = await reflect(service, transport, { case: 'listServices', value: '' });
    expect(listed).toMatchObject({
      value: {
        service: [
          { name: 'archipelago.search.v1.SearchService' },
          { name: 'grpc.health.v1.Health' },
          { name: 'grpc.reflection.v1.ServerReflection' },
          { name: 'grpc.reflection.v1alpha.ServerReflection' },
        ],
      },
    });
    const value = 'archipelago.search.v1.SearchService.Search';
    const described = await reflect(service, transport, { case: 'fileContainingSymbol', value });
    if (described.case !== 'fileDescriptorResponse') throw new Error(String(described.case));
    const files = described.value.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
    expect(files.map(({ name }) => name)).toEqual([
      'archipelago/search/v1/product.proto',
      'archipelago/search/v1/search.proto',
    ]);
    const unknown = await reflect(service, transport, { case: 'fileContainingSymbol', value: 'no.such.Thing' });
    expect(unknown).toMatchObject({ case: 'errorResponse', value: { errorCode: Code.NotFound } });
  });

  it('serves only when it is told so, and says it to those who watch', async () => {
    const { server, transport } = await serve({});
    const health = createClient(Health, transport);
    expect(await health.check({})).toMatchObject({ status: Status.NOT_SERVING });
    const seen: number[] = [];
    const watched = (async () => {
      for await (const { status } of health.watch({ service: 'archipelago.search.v1.SearchService' })) {
        seen.push(status);
        if (status === Status.SERVING) return;
        server.setServing(true);
      }
    })();
    await watched;
    expect(seen).toEqual([Status.NOT_SERVING, Status.SERVING]);
    expect(await health.check({ service: 'archipelago.search.v1.SearchService' })).toMatchObject({
      status: Status.SERVING,
    });
    await expect(health.check({ service: 'other' })).rejects.toMatchObject({ code: Code.NotFound });
  });

  it('ends a call at its deadline, and tells the handler', async () => {
    let ended: (() => void) | undefined;
    const told = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const { transport } = await serve({
      search: (_request, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            ended?.();
            reject(signal.reason);
          });
        }),
    });
    const call = createClient(SearchService, transport).search({}, { timeoutMs: 50 });
    await expect(call).rejects.toMatchObject({ code: Code.DeadlineExceeded });
    await told;
  });

  it('ends what goes on by itself when it stops, and lets no call begin', async () => {
    const { server, transport } = await serve({
      async *watch(_request, { signal }) {
        yield { total: 1 };
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        signal.throwIfAborted();
      },
    });
    const client = createClient(SearchService, transport);
    const answers = client.watch({})[Symbol.asyncIterator]();
    expect((await answers.next()).value).toMatchObject({ total: 1 });
    const [rest] = await Promise.allSettled([answers.next(), server.stop(1_000)]);
    expect(rest.status === 'rejected' && ConnectError.from(rest.reason).code).toBe(Code.Unavailable);
    await expect(client.search({})).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('a call through the typed client', () => {
  const ask = { cause, deadlineMs: 3_000 };

  it('carries the cause, and is one line of the log of the task', async () => {
    const { server, runtime, traces } = await serve({ search: () => ({ total: 3 }) });
    const answer = await asking(server.port).ask((client, options) => client.search({}, options), ask);
    expect(answer.total).toBe(3);
    expect(traces).toEqual([traceparent]);
    const call = 'archipelago.search.v1.SearchService/Search';
    const fields = { correlationId: 'corr-1', call, code: 'Ok', ms: 0 };
    expect(runtime.entries).toEqual([{ level: 'info', message: 'call', fields }]);
  });

  it('becomes the problem document that the task meant', async () => {
    const refusal = { outcome: 'invalid', code: 'invalid-cursor', detail: 'Not of this list.' } as const;
    const { server } = await serve({
      search: () => {
        throw new Refused(refusal);
      },
    });
    const thrown = await answeredTo(
      asking(server.port).ask((client, options) => client.search({}, options), ask),
    ).catch((error: unknown) => error);
    expect(problemOf(thrown, '/search', 'corr-1')).toMatchObject({
      status: 400,
      body: { type: expect.stringMatching(/invalid-cursor$/), detail: 'Not of this list.' },
    });
  });

  it('shows nothing of a defect', async () => {
    const { server, runtime } = await serve({
      search: () => {
        throw new Error('password of the table');
      },
    });
    const call = answeredTo(asking(server.port).ask((client, options) => client.search({}, options), ask));
    const thrown = await call.catch((error: unknown) => error);
    expect(String(thrown)).not.toContain('password');
    expect(problemOf(thrown, '/search', 'corr-1')).toMatchObject({ status: 500 });
    expect(JSON.stringify(runtime.entries)).toContain('password of the table');
  });

  it('goes to another task when one does not answer', async () => {
    const dead = await serve({});
    await dead.server.stop(0);
    const { server } = await serve({ search: () => ({ total: 1 }) });
    const client = asking(dead.server.port, server.port);
    for (let call = 0; call < 8; call += 1) {
      expect(await client.ask((search, options) => search.search({}, options), ask)).toMatchObject({ total: 1 });
    }
  });

  it('goes to another task when one ends in the middle of its answer', async () => {
    const port = await brokenTask();
    const { server } = await serve({ search: () => ({ total: 1 }) });
    const client = asking(port, server.port);
    for (let call = 0; call < 8; call += 1) {
      expect(await client.ask((search, options) => search.search({}, options), ask)).toMatchObject({ total: 1 });
    }
  });

  it('is 503 with a time to come back when no task answers, and when there is none', async () => {
    const { server } = await serve({});
    await server.stop(0);
    for (const ports of [[server.port], []]) {
      const call = answeredTo(asking(...ports).ask((client, options) => client.search({}, options), ask));
      const thrown = await call.catch((error: unknown) => error);
      expect(problemOf(thrown, '/search', 'corr-1')).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    }
  });
});
