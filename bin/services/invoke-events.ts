import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { camelCase } from './names.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

interface Example {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: 'public' | 'machines' | { readonly scopes: readonly string[] };
  readonly example?: Example;
}

interface Contract {
  readonly service: string;
  readonly type: string;
  readonly example?: Json;
}

interface Messages {
  readonly publishes?: readonly Contract[];
  readonly subscribes?: readonly Contract[];
}

const AT = '2026-11-24T12:00:00.000Z';
const AT_MS = Date.parse(AT);
const ACCOUNT = '000000000000';
const REGION = 'us-east-1';
const SECONDS = 3600;
/** Who asks. */
const CALLER = 'ada';

const claims = (scopes: readonly string[]): Json => ({
  sub: CALLER,
  iss: `https://cognito-idp.${REGION}.amazonaws.com/${REGION}_Example00`,
  client_id: 'exampleclient',
  token_use: 'access',
  scope: scopes.join(' '),
  exp: String(AT_MS / 1000 + SECONDS),
  iat: String(AT_MS / 1000),
  username: CALLER,
});

/** What the gateway's authorizer adds of the caller. */
const authorizerOf = (access: Route['access']): { readonly [name: string]: Json } => {
  if (access === 'public') return {};
  if (access !== 'machines') return { authorizer: { jwt: { claims: claims(access.scopes), scopes: null } } };
  const userId = 'AROAEXAMPLE:i-0abc';
  const userArn = `arn:aws:sts::${ACCOUNT}:assumed-role/instances/i-0abc`;
  const none = { cognitoIdentity: null, principalOrgId: null };
  return {
    authorizer: { iam: { accessKey: 'ASIAEXAMPLE', accountId: ACCOUNT, callerId: userId, ...none, userArn, userId } },
  };
};

/** As API Gateway invokes the function of a route, payload version 2.0. */
const requestEvent = ({ method, path, access, example = {} }: Route): Json => {
  const { params, query, body } = example;
  const routeKey = `${method} ${path}`;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params?.[name] ?? name));
  const headers = {
    accept: '*/*',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    host: 'api.example.com',
    'user-agent': 'curl/8.7.1',
    'x-amzn-trace-id': 'Root=1-6b05b2c0-0123456789abcdef01234567',
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
  return {
    version: '2.0',
    routeKey,
    rawPath: `/api${filled}`,
    rawQueryString: String(new URLSearchParams(query)),
    headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(params === undefined ? {} : { pathParameters: params }),
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'api1234567',
      ...authorizerOf(access),
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http: { method, path: filled, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'curl/8.7.1' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey,
      stage: '$default',
      time: '24/Nov/2026:12:00:00 +0000',
      timeEpoch: AT_MS,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
};

const metadata = ({ service }: Contract) => ({
  id: '01KASE0000000000000000MSG1',
  occurredAt: AT,
  correlationId: '01KASE000000000000000CORR1',
  causationId: '01KASE000000000000000CAUS1',
  aggregate: `${service}/example`,
  version: 1,
});

const exampleOf = ({ type, example }: Contract): Json => {
  if (example === undefined) throw new Error(`${type} has no example in its contract`);
  return example;
};

/** As a rule of the bus invokes the function of a subscription. */
const busEvent = (contract: Contract): Json => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': contract.type,
  source: contract.service,
  account: ACCOUNT,
  time: '2026-11-24T12:00:00Z',
  region: REGION,
  resources: [],
  detail: { metadata: metadata(contract), data: exampleOf(contract) },
});

/** A value as DynamoDB's streams carry it. */
const attribute = (value: Json): Json => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(attribute) };
  return { M: attributes(Object.entries(value)) };
};

const attributes = (members: readonly (readonly [string, Json])[]): { readonly [name: string]: Json } =>
  Object.fromEntries(members.map(([name, value]) => [name, attribute(value)]));

/** As the stream of a table invokes the relay with a row that only says what leaves. */
const streamEvent = (contract: Contract, table: string): Json => {
  const data = exampleOf(contract);
  const keys = { pk: `OUTBOX#${metadata(contract).aggregate}`, sk: metadata(contract).id };
  const message = { type: contract.type, metadata: metadata(contract), data };
  const row: Readonly<Record<string, Json>> = { ...keys, kind: 'outbox', destination: { kind: 'bus' }, message };
  const record = {
    eventID: 'c4ca4238a0b923820dcc509a6f75849b',
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: REGION,
    dynamodb: {
      ApproximateCreationDateTime: AT_MS / 1000,
      Keys: attributes(Object.entries(keys)),
      NewImage: attributes(Object.entries(row)),
      SequenceNumber: '111',
      SizeBytes: 26,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}/stream/2026-11-24T00:00:00.000`,
  };
  return { Records: [record] };
};

const scheduledEvent = (rule: string): Json => ({
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: ACCOUNT,
  time: '2026-11-24T12:00:00Z',
  region: REGION,
  resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/${rule}`],
  detail: {},
});

const PREFIX = 'archipelago-dev';

/**
 * An event to invoke each function of a service with, by path from the root. They follow from the examples of its
 * contracts: what stands in the way of one is an Error.
 */
export const invokeEvents = async (root: string, service: string): Promise<ReadonlyMap<string, string>> => {
  const load = async (file: string) => import(pathToFileURL(join(root, 'functions', service, file)).href);
  const api: { readonly routes: Readonly<Record<string, Route>> } = (await load('api.contract.ts'))[
    `${camelCase(service)}Api`
  ];
  const messages: Messages = (await load('messages.contract.ts'))[`${camelCase(service)}Messages`];
  const handlers = (await readdir(join(root, 'functions', service, 'handlers'))).map((file) =>
    file.replace('.handler.ts', ''),
  );
  const eventOf = (name: string): Json => {
    const route = api.routes[name];
    if (route) return requestEvent(route);
    if (name === 'resend') return scheduledEvent(`${PREFIX}-${service}-resend`);
    const [contract] = (name === 'relay' ? messages.publishes : messages.subscribes) ?? [];
    if (!contract) throw new Error(`no contract says what invokes ${service}/${name}`);
    return name === 'relay' ? streamEvent(contract, `${PREFIX}-${service}`) : busEvent(contract);
  };
  return new Map(
    handlers.map((name) => [
      `events/invoke/${service}/${name}.json`,
      `${JSON.stringify(eventOf(name), undefined, 2)}\n`,
    ]),
  );
};
