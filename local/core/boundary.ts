import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsCall, AwsRequest, AwsResponse, Caller } from './aws-call.ts';
import type { EmulatedService } from './emulated-service.ts';
import type { World } from './world.ts';

const OPERATOR: Caller = { principal: 'operator' };
const ANONYMOUS: Caller = { principal: 'anonymous' };

/** `AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …`, or the same in a presigned URL. */
const CREDENTIAL = /Credential=([^/%]+)(?:\/|%2F)\d+(?:\/|%2F)[\w-]+(?:\/|%2F)([\w-]+)(?:\/|%2F)aws4_request/;

export interface Signature {
  readonly accessKeyId: string;
  readonly service: string;
}

export const signatureOf = (authorization: string | undefined, url: string): Signature | undefined => {
  const [, accessKeyId, service] = CREDENTIAL.exec(authorization ?? url) ?? [];
  return accessKeyId && service ? { accessKeyId, service } : undefined;
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
};

const refusal = (status: number, code: string, message: string): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
  body: JSON.stringify({ __type: code, message }),
});

/**
 * Unsigned calls carry no service name, but their `x-amz-target` does: `AWSCognitoIdentityProviderService.InitiateAuth`.
 */
const UNSIGNED_TARGETS: Readonly<Record<string, string>> = { AWSCognitoIdentityProviderService: 'cognito-idp' };

/** Answers every AWS call of the system: finds service and caller from the signature, hands over, and keeps the journal. */
export const createBoundary = (world: World, services: readonly EmulatedService[]) => {
  const bySigningName = new Map(services.map((service) => [service.signingName, service]));
  const { clock, random, journal, credentials } = world;

  const callerOf = (signature: Signature | undefined): Caller =>
    signature ? (credentials.find(signature.accessKeyId)?.caller ?? OPERATOR) : ANONYMOUS;

  const answer = async (service: EmulatedService, request: AwsRequest): Promise<AwsResponse> => {
    try {
      return await service.handle(request);
    } catch (error) {
      return refusal(500, 'InternalFailure', error instanceof Error ? error.message : String(error));
    }
  };

  const record = (service: string, request: AwsRequest, startedAtMs: number, response: AwsResponse) => {
    const { operation, resource } = bySigningName.get(service)?.describe(request) ?? { operation: 'unknown' };
    const call: AwsCall = {
      id: random.hex(8),
      atMs: startedAtMs,
      durationMs: clock.now() - startedAtMs,
      caller: request.caller,
      service,
      operation,
      status: response.status,
      ...(resource !== undefined && { resource }),
      ...(response.status >= 400 && { error: response.headers['x-amzn-errortype'] ?? String(response.status) }),
    };
    journal.record('calls', { ...call, caller: { ...call.caller } });
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const startedAtMs = clock.now();
    const url = incoming.url ?? '/';
    const headers = incoming.headers as Record<string, string>;
    const signature = signatureOf(headers.authorization, url);
    const name = signature?.service ?? UNSIGNED_TARGETS[(headers['x-amz-target'] ?? '').split('.')[0] ?? ''] ?? 'unsigned';
    const body = await bodyOf(incoming);
    const request = { method: incoming.method ?? 'GET', url, headers, body, caller: callerOf(signature) };
    const service = bySigningName.get(name);
    const response = service
      ? await answer(service, request)
      : refusal(400, 'UnknownService', `the AWS service '${name}' is not emulated here`);
    outgoing.writeHead(response.status, { ...response.headers, 'content-length': Buffer.byteLength(response.body) });
    outgoing.end(response.body);
    record(name, request, startedAtMs, response);
  };

  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    serve(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
  };
};
