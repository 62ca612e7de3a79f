import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tracing } from '../../../functions/kernel/ports/tracing.ts';

const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';
const parent = '53995c3f42cd8ad8';

describe('X-Ray tracing', () => {
  let daemon: Socket;
  let header: string | undefined;
  let tracing: Tracing;
  beforeAll(async () => {
    daemon = createSocket('udp4').bind(0, '127.0.0.1');
    await once(daemon, 'listening');
    // The library reads the address when it is loaded.
    process.env.AWS_XRAY_DAEMON_ADDRESS = `127.0.0.1:${daemon.address().port}`;
    const { createXrayTracing } = await import('../../../functions/adapters/aws/xray-tracing.ts');
    tracing = createXrayTracing('place-order', () => header);
  });
  afterAll(() => {
    daemon.close();
  });

  const received = async (): Promise<Record<string, unknown>> => {
    const [datagram] = await once(daemon, 'message');
    return JSON.parse(String(datagram).split('\n')[1] ?? '');
  };

  it('sends a span as a subsegment of the segment that Lambda keeps', async () => {
    header = `${root};Parent=${parent};Sampled=1`;
    expect(tracing.traceparent()).toBe(`00-5759e988bd862e3fe1be46a994272793-${parent}-01`);
    const arrival = received();
    expect(await tracing.span('decide', { correlationId: 'c' }, async () => 7)).toBe(7);
    expect(await arrival).toMatchObject({
      type: 'subsegment',
      name: 'decide',
      trace_id: '1-5759e988-bd862e3fe1be46a994272793',
      parent_id: parent,
      annotations: { correlationId: 'c' },
      end_time: expect.any(Number),
    });
  });

  it('marks a span that failed and passes the failure on', async () => {
    header = `${root};Parent=${parent};Sampled=1`;
    const arrival = received();
    await expect(tracing.span('decide', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await arrival).toMatchObject({ fault: true });
  });

  it('only runs the work when the trace is not sampled or there is none', async () => {
    header = `${root};Parent=${parent};Sampled=0`;
    expect(await tracing.span('decide', {}, async () => 1)).toBe(1);
    header = undefined;
    expect(await tracing.span('decide', {}, async () => 2)).toBe(2);
    expect(tracing.traceparent()).toBeUndefined();
  });
});
