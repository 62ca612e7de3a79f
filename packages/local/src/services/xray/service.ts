import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { asAwsError } from '../../core/aws-call.ts';
import type { EmulatedService } from '../../core/emulated-service.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import { readBody } from '../../http/body.ts';
import { openDaemon } from './daemon.ts';
import { answerXRay, OPERATIONS, refusal } from './operations.ts';
import { hasSegmentShape, parseDatagram, type SegmentDocument } from './state/segment.ts';
import { createTraceStore, type Trace } from './state/trace-store.ts';

export interface XRayService extends EmulatedService {
  /** Opens the daemon; calling it again changes nothing. */
  start(): Promise<void>;
  /** What functions get as AWS_XRAY_DAEMON_ADDRESS. Throws before `start` has been awaited. */
  daemonAddress(): string;
  /** Takes a segment document from another service of the runtime. */
  put(document: JsonObject): void;
  /** Takes nothing that is below this segment: whose it is may not report it. */
  lose(segmentId: string): void;
  /** Newest first. */
  traces(): readonly Trace[];
}

/** Where functions send segments that nobody takes. */
const NO_DAEMON = '127.0.0.1:2000';

/** Segments whose parts may still come. */
const MOST_LOST = 1_000;

/** X-Ray's daemon and ingestion: collects segments, puts them together by trace, and journals each as it completes. */
export const createXRayService = (world: World, { datagrams = true } = {}): XRayService => {
  const store = createTraceStore();
  let opening: ReturnType<typeof openDaemon> | undefined;
  let address: string | undefined;

  const lost = new Set<string>();

  const receive = (document: SegmentDocument | undefined) => {
    if (!document || lost.has(String(document.parent_id))) return;
    store.put(document);
    if (document.in_progress === true) return;
    const { trace_id: traceId, id: segmentId, start_time: startTime } = document;
    const atMs = Math.round(startTime * 1000);
    world.journal.record('traces', { ...document, id: `${traceId}/${segmentId}`, segmentId, traceId, atMs });
  };

  const answerDaemon = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (!Buffer.isBuffer(body)) return;
    const answer = answerXRay(request.url ?? '/', body, receive);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const onDaemonRequest: RequestListener = (request, response) => {
    answerDaemon(request, response).catch(() => response.destroy());
  };

  return {
    signingName: 'xray',
    handle: async ({ url, body, caller }) => {
      const operation = OPERATIONS[url] ?? url.slice(1);
      try {
        world.access.demand(caller, [{ action: `xray:${operation}`, resource: '*' }]);
      } catch (error) {
        return { operation, ...refusal(asAwsError(error)) };
      }
      return { operation: url.slice(1), ...answerXRay(url, body, receive) };
    },
    resourceTypes: [],
    start: async () => {
      if (!datagrams) {
        address = NO_DAEMON;
        return;
      }
      opening ??= openDaemon(world, (datagram) => receive(parseDatagram(datagram)), onDaemonRequest);
      address = (await opening).address;
    },
    daemonAddress: () => {
      if (address === undefined) throw new Error('the X-Ray daemon has not been started');
      return address;
    },
    lose: (segmentId) => {
      const [oldest] = lost;
      if (lost.size >= MOST_LOST && oldest !== undefined) lost.delete(oldest);
      lost.add(segmentId);
    },
    put: (document) => receive(hasSegmentShape(document) ? document : undefined),
    traces: store.traces,
    inspect: (): Json => store.traces().map((trace) => ({ ...trace })),
  };
};
