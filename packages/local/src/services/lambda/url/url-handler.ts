import type { IncomingMessage } from 'node:http';
import { AwsError } from '../../../core/aws-call.ts';
import type { InvocationResult } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import { signerOf } from '../../../http/sigv4.ts';
import { type Invoker, MAX_REQUEST_BYTES } from '../invocation/invoker.ts';
import { readRequest } from './read-request.ts';
import type { UrlConfig } from './url-config.ts';
import { corsHeaders, preflightHeaders } from './url-cors.ts';
import { type UrlRequest, urlEvent } from './url-event.ts';
import { INTERNAL_SERVER_ERROR, readUrlResponse, type UrlResponse, urlRefusal } from './url-response.ts';

/** Answers one HTTP request to a function URL. */
export const createUrlHandler = (world: World, invoker: Invoker, config: UrlConfig) => {
  const { functionName, qualifier, authType, cors } = config;

  const invoke = async (request: UrlRequest): Promise<UrlResponse> => {
    const trace = request.headers['x-amzn-trace-id'];
    const payload = JSON.stringify(urlEvent(request));
    const source = `url ${request.signer?.caller.functionName ?? 'anonymous'} ${request.method} ${request.url.split('?')[0]}`;
    let result: InvocationResult;
    try {
      result = await invoker.invoke(
        { functionName, payload, source, ...(trace === undefined ? {} : { traceHeader: trace }) },
        { qualifier },
      );
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.status === 429) return urlRefusal(429, 'Rate Exceeded.');
      return error.status === 413 ? urlRefusal(413, error.message) : INTERNAL_SERVER_ERROR;
    }
    return result.functionError ? INTERNAL_SERVER_ERROR : readUrlResponse(result.payload);
  };

  return async (incoming: IncomingMessage): Promise<UrlResponse> => {
    const request = await readRequest(incoming, MAX_REQUEST_BYTES);
    if (!request) return urlRefusal(413, 'Request Entity Too Large');
    const { origin } = request.headers;
    if (cors && origin !== undefined && request.method === 'OPTIONS') {
      return { status: 200, headers: preflightHeaders(cors, origin), body: '' };
    }
    const signer = authType === 'NONE' ? undefined : signerOf(world, 'lambda', request);
    if (signer && 'refusal' in signer) {
      const refused = urlRefusal(403, `Forbidden: ${signer.refusal}`);
      return { ...refused, headers: { ...refused.headers, 'x-amzn-errortype': 'AccessDeniedException' } };
    }
    const response = await invoke({
      ...request,
      sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
      protocol: `HTTP/${incoming.httpVersion}`,
      atMs: world.clock.now(),
      requestId: world.random.uuid(),
      account: world.account,
      signer,
    });
    return { ...response, headers: { ...response.headers, ...corsHeaders(cors, origin) } };
  };
};
