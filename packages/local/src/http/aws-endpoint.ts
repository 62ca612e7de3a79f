import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnsweredCall, AwsCall, AwsRequest, Caller } from '../core/aws-call.ts';
import { ANONYMOUS, OPERATOR } from '../core/credentials.ts';
import type { EmulatedService } from '../core/emulated-service.ts';
import { isLocalRequest, refuseForeign } from '../core/listening/loopback-guard.ts';
import { messageOf } from '../core/thrown.ts';
import type { World } from '../core/world.ts';
import { readBody } from './body.ts';
import { type CallFate, createFaultyCalls } from './faulty-calls.ts';
import { readHeaders } from './request.ts';
import { traceIdOf } from './trace-header.ts';

/** `AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …`, or the same in a presigned URL. */
const CREDENTIAL = /Credential=([^/%]+)(?:\/|%2F)\d+(?:\/|%2F)[\w-]+(?:\/|%2F)([\w-]+)(?:\/|%2F)aws4_request/;

export interface Signature {
  readonly accessKeyId: string;
  readonly service: string;
}

const signatureOf = (authorization: string | undefined, url: string): Signature | undefined => {
  const [, accessKeyId, service] = CREDENTIAL.exec(authorization ?? url) ?? [];
  return accessKeyId && service ? { accessKeyId, service } : undefined;
};

const UNKNOWN = 'unknown';

const refusal = (status: number, code: string, message: string): AnsweredCall => ({
  operation: UNKNOWN,
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
  body: JSON.stringify({ __type: code, message }),
});

/** In a presigned URL the token stands in the query. */
const sessionTokenOf = (headers: Readonly<Record<string, string>>, url: string): string | undefined =>
  headers['x-amz-security-token'] ??
  new URL(url, 'http://endpoint').searchParams.get('X-Amz-Security-Token') ??
  undefined;

/** Sign-in and an issuer's published keys are the calls that are not signed: `AWSCognitoIdentityProviderService.InitiateAuth`. */
const unsignedService = (target: string | undefined, url: string): string =>
  target?.startsWith('AWSCognitoIdentityProviderService.') || url.includes('/.well-known/')
    ? 'cognito-idp'
    : 'unsigned';

/** False when a fault keeps the caller from its answer. */
const reply = (outgoing: ServerResponse, fate: CallFate): fate is AnsweredCall => {
  if (fate === 'closed') outgoing.destroy();
  if (typeof fate === 'string') return false;
  outgoing.writeHead(fate.status, { ...fate.headers, 'content-length': Buffer.byteLength(fate.body) });
  outgoing.end(fate.body);
  return true;
};

/** Answers every AWS call of the system: finds service and caller from the signature, hands over, and keeps the journal. */
export const createAwsEndpoint = (world: World, services: readonly EmulatedService[]) => {
  const bySigningName = new Map(services.map((service) => [service.signingName, service]));
  const { clock, random, journal, credentials } = world;
  const faulty = createFaultyCalls(world);

  const callerOf = (signature: Signature | undefined): Caller =>
    signature ? (credentials.find(signature.accessKeyId)?.caller ?? OPERATOR) : ANONYMOUS;

  /** True for a key that belongs to a session when the token of that session is not there. */
  const lacksToken = ({ accessKeyId }: Signature, headers: AwsRequest['headers'], url: string): boolean => {
    const expected = credentials.find(accessKeyId)?.sessionToken;
    return expected !== undefined && sessionTokenOf(headers, url) !== expected;
  };

  const answer = async (name: string, signature: Signature | undefined, request: AwsRequest): Promise<AnsweredCall> => {
    const service = bySigningName.get(name);
    if (!service?.handle) return refusal(400, 'UnknownService', `the AWS service '${name}' is not emulated here`);
    if (signature && lacksToken(signature, request.headers, request.url)) {
      return refusal(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    try {
      return await service.handle(request);
    } catch (error) {
      return refusal(500, 'InternalFailure', messageOf(error));
    }
  };

  const record = (service: string, request: AwsRequest, startedAtMs: number, answered: AnsweredCall) => {
    const { operation, resource, capacityUnits, status, headers } = answered;
    const traceId = traceIdOf(request.headers['x-amzn-trace-id']);
    const call: AwsCall = {
      id: random.hex(8),
      atMs: startedAtMs,
      durationMs: clock.now() - startedAtMs,
      caller: request.caller,
      service,
      operation,
      status,
      ...(resource !== undefined && { resource }),
      ...(capacityUnits !== undefined && { capacityUnits }),
      ...(traceId !== undefined && { traceId }),
      ...(status >= 400 && { error: headers['x-amzn-errortype'] ?? String(status) }),
    };
    journal.record('calls', { ...call, caller: { ...call.caller } });
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const startedAtMs = clock.now();
    const url = incoming.url ?? '/';
    const headers = readHeaders(incoming);
    const signature = signatureOf(headers.authorization, url);
    const name = signature?.service ?? unsignedService(headers['x-amz-target'], url);
    const body = await readBody(incoming);
    if (!Buffer.isBuffer(body)) throw new Error('the client went away');
    const request = { method: incoming.method ?? 'GET', url, headers, body, caller: callerOf(signature) };
    const answered = await faulty(name, request, (asked) => answer(name, signature, asked));
    if (!reply(outgoing, answered)) return;
    record(name, request, startedAtMs, answered);
  };

  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (!isLocalRequest(incoming)) {
      refuseForeign(outgoing);
      return;
    }
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  };
};
