import { createSocket } from 'node:dgram';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createWorld, type OwnedWorld } from '../../src/core/create-world.ts';
import { createXRayService, type XRayService } from '../../src/services/xray/service.ts';

const TRACE_ID = '1-5e6a879e-0123456789abcdef01234567';

describe('the X-Ray daemon', () => {
  let world: OwnedWorld;
  let xray: XRayService;
  beforeEach(async () => {
    world = createWorld();
    xray = createXRayService(world);
    await xray.start();
  });
  afterEach(() => world.stop());

  const arrived = (count: number) =>
    new Promise<void>((resolve) => {
      if (world.journal.read('traces').length >= count) return resolve();
      const unsubscribe = world.journal.subscribe(() => {
        if (world.journal.read('traces').length < count) return;
        unsubscribe();
        resolve();
      });
    });

  const send = (...datagrams: string[]) => {
    const [host, port] = xray.daemonAddress().split(':');
    const socket = createSocket('udp4');
    let left = datagrams.length;
    for (const datagram of datagrams) {
      socket.send(datagram, Number(port), host, () => {
        left -= 1;
        if (left === 0) socket.close();
      });
    }
  };
  const datagram = (document: object) => `{"format":"json","version":1}\n${JSON.stringify(document)}`;

  it('puts segments and subsegments of a trace together whatever order they come in', async () => {
    send(
      datagram({
        id: 'c',
        trace_id: TRACE_ID,
        parent_id: 'b',
        type: 'subsegment',
        name: 'DynamoDB',
        start_time: 3,
        end_time: 4,
      }),
      datagram({
        id: 'a',
        trace_id: TRACE_ID,
        name: 'orders',
        start_time: 1,
        end_time: 6.5,
        subsegments: [{ id: 'b', name: 'handler', start_time: 2, end_time: 5 }],
      }),
      'not a segment',
      datagram({
        id: 'z',
        trace_id: '1-5e6a879f-0123456789abcdef01234567',
        parent_id: 'gone',
        name: 'later',
        start_time: 9,
      }),
    );
    await arrived(3);
    expect(xray.traces().map(({ traceId }) => traceId)).toEqual(['1-5e6a879f-0123456789abcdef01234567', TRACE_ID]);
    expect(xray.traces()[1]).toMatchObject({
      startMs: 1_000,
      durationMs: 5_500,
      segments: [{ name: 'orders', subsegments: [{ name: 'handler', subsegments: [{ name: 'DynamoDB' }] }] }],
    });
    expect(world.journal.read('traces').map(({ traceId }) => traceId)).toContain(TRACE_ID);
  });

  it('keeps only the finished form of a segment that was first sent in progress', async () => {
    send(datagram({ id: 'a', trace_id: TRACE_ID, name: 'orders', start_time: 1, in_progress: true }));
    send(datagram({ id: 'a', trace_id: TRACE_ID, name: 'orders', start_time: 1, end_time: 2 }));
    await arrived(1);
    expect(world.journal.read('traces')).toMatchObject([{ segmentId: 'a', end_time: 2 }]);
    expect(xray.traces()).toHaveLength(1);
  });

  it('takes what aws-xray-sdk-core sends', async () => {
    const before = process.env.AWS_XRAY_DAEMON_ADDRESS;
    process.env.AWS_XRAY_DAEMON_ADDRESS = xray.daemonAddress();
    const { Segment } = createRequire(import.meta.url)('aws-xray-sdk-core');
    const segment = new Segment('catalog');
    segment.addNewSubsegment('GetItem').close();
    segment.close();
    await arrived(1);
    if (before === undefined) delete process.env.AWS_XRAY_DAEMON_ADDRESS;
    else process.env.AWS_XRAY_DAEMON_ADDRESS = before;
    expect(xray.traces()).toMatchObject([{ segments: [{ name: 'catalog', subsegments: [{ name: 'GetItem' }] }] }]);
  });

  it('answers sampling and takes segments by HTTP on the same port', async () => {
    const url = `http://${xray.daemonAddress()}`;
    const post = async (path: string, body: object) => {
      const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    };
    expect(await post('/GetSamplingRules', {})).toMatchObject({
      status: 200,
      body: { SamplingRuleRecords: [{ SamplingRule: { RuleName: 'Default', FixedRate: 1 } }] },
    });
    expect((await post('/SamplingTargets', {})).status).toBe(200);
    const document = JSON.stringify({ id: 'a', trace_id: TRACE_ID, name: 'orders', start_time: 1, end_time: 2 });
    const put = await post('/TraceSegments', { TraceSegmentDocuments: [document, '{}'] });
    expect(put.body).toEqual({ UnprocessedTraceSegments: [expect.objectContaining({ ErrorCode: 'ParseError' })] });
    expect(xray.traces()).toHaveLength(1);
    expect((await post('/GetTraceSummaries', {})).status).toBe(400);
  });
});
