import type { IncomingMessage } from 'node:http';
import { AwsError } from '../../../core/aws-call.ts';
import { ANONYMOUS } from '../../../core/credentials.ts';
import type { InvocationResult } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import { readBody } from '../../../http/body.ts';
import { type CorsSettings, preflightHeaders, withCors } from '../../../http/cors.ts';
import { type AnswerRules, readAnswer } from '../../../http/payload-v2/answer.ts';
import { requestOf } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { signerOf } from '../../../http/sigv4.ts';
import { traceOf } from '../../../http/trace-header.ts';
import { type Invoker, MAX_REQUEST_BYTES } from '../invocation/invoker.ts';
import { urlActs } from '../state/acts.ts';
import type { UrlConfig } from './url-config.ts';
import { type UrlRequest, urlEvent } from './url-event.ts';
import { INTERNAL_SERVER_ERROR, urlRefusal } from './url-response.ts';

const ANSWER_RULES: AnswerRules = { contentType: 'application/json', otherBodies: 'as JSON' };

const VARY = ['vary', 'Origin'] as const;

const refuseSignature = (reason: string): HttpResponse => {
  const { headers, ...refusal } = urlRefusal(403, `Forbidden: ${reason}`);
  return { ...refusal, headers: [...headers, ['x-amzn-errortype', 'AccessDeniedException']] };
};

const forOrigin = (response: HttpResponse, cors: CorsSettings, origin: string): HttpResponse => {
  const marked = withCors(response, cors, origin);
  return { ...marked, headers: [...marked.headers, VARY] };
};

/** Answers one HTTP request to a function URL. */
export const createUrlHandler = (world: World, invoker: Invoker, config: UrlConfig) => {
  const { functionName, qualifier, authType, cors } = config;
  const acts = urlActs(world, config);

  const invoke = async (called: UrlRequest, traceHeader: string): Promise<HttpResponse> => {
    const { request, signer } = called;
    const payload = urlEvent(world, called);
    const source = `url ${signer?.caller.functionName ?? 'anonymous'} ${request.method} ${request.url.split('?')[0]}`;
    let result: InvocationResult;
    try {
      result = await invoker.invoke({ functionName, payload, source, traceHeader }, { qualifier });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (error.status === 429) return urlRefusal(429, 'Rate Exceeded.');
      return error.status === 413 ? urlRefusal(413, error.message) : INTERNAL_SERVER_ERROR;
    }
    if (result.functionError) return INTERNAL_SERVER_ERROR;
    return readAnswer(result.payload, ANSWER_RULES) ?? INTERNAL_SERVER_ERROR;
  };

  return async (incoming: IncomingMessage): Promise<HttpResponse> => {
    const body = await readBody(incoming, MAX_REQUEST_BYTES);
    if (!Buffer.isBuffer(body)) return urlRefusal(413, 'Request Entity Too Large');
    const request = requestOf(incoming, body);
    const { origin } = request.headers;
    if (cors && origin !== undefined && request.method === 'OPTIONS') {
      return { status: 200, headers: [...preflightHeaders(cors, origin), VARY], body: '' };
    }
    const signer = authType === 'NONE' ? undefined : signerOf(world, 'lambda', request);
    if (signer && 'refusal' in signer) return refuseSignature(signer.refusal);
    const by = signer?.caller ?? ANONYMOUS;
    if (!world.access.permits(by, acts)) return refuseSignature('the policies do not allow it');
    const trace = traceOf(request.headers['x-amzn-trace-id'], world.clock.now(), world.random);
    const called = { request, incoming, signer, traceHeader: trace.header };
    const response = await invoke(called, trace.invocationHeader);
    return cors && origin !== undefined ? forOrigin(response, cors, origin) : response;
  };
};
