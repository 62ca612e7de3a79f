import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { EmulatedService } from '../../core/emulated-service.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import { readBody } from '../../http/body.ts';
import { openDaemon } from './daemon.ts';
import { answerXRay } from './operations.ts';
import { hasSegmentShape, parseDatagram, type SegmentDocument } from './state/segment.ts';
import { createTraceStore, type Trace } from './state/trace-store.ts';

export interface XRayService extends EmulatedService {
  /** Opens the daemon; calling it again changes nothing. */
  start(): Promise<void>;
  /** What functions get as AWS_XRAY_DAEMON_ADDRESS. Throws before `start` has been awaited. */
  daemonAddress(): string;
  /** Takes a segment document from another service of the runtime. */
  put(document: JsonObject): void;
  /** Newest first. */
  traces(): readonly Trace[];
}

/** Where functions send segments that nobody takes. */
const NO_DAEMON = '127.0.0.1:2000';

/** X-Ray's daemon and ingestion: collects segments, puts them together by trace, and journals each as it completes. */
export const createXRayService = (world: World, { datagrams = true } = {}): XRayService => {
  const store = createTraceStore();
  let opening: ReturnType<typeof openDaemon> | undefined;
  let address: string | undefined;

  const receive = (document: SegmentDocument | undefined) => {
    if (!document) return;
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
    handle: async ({ url, body }) => ({ operation: url.slice(1), ...answerXRay(url, body, receive) }),
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
    put: (document) => receive(hasSegmentShape(document) ? document : undefined),
    traces: store.traces,
    inspect: (): Json => store.traces().map((trace) => ({ ...trace })),
  };
};
