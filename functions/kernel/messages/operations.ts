import type { ApiContract, RouteContract } from './contract.ts';

/** One version of a route as it is served: what the contract says of that version, and nothing of the others. */
export interface Operation extends Omit<RouteContract, 'earlier'> {
  /** The name of the route, which is that of its function. */
  readonly name: string;
  readonly version: number;
  /** The newest version, where this is an earlier one. */
  readonly successor?: number;
}

const FIRST = 1;

/** The names of an operation at the gateway. One without a version means the first, whatever came after it. */
export const publicPaths = ({ path, version }: Pick<Operation, 'path' | 'version'>): readonly string[] =>
  version === FIRST ? [path, `/v${FIRST}${path}`] : [`/v${version}${path}`];

/** The methods that an operation answers at the gateway: a read answers HEAD as well (RFC 9110 §9.1). */
export const methodsOf = ({ method }: Pick<Operation, 'method'>): readonly string[] =>
  method === 'GET' ? ['GET', 'HEAD'] : [method];

/** `GET /orders`, `GET /v2/orders`: names the operation in logs, measures, documents and checks. */
export const operationKey = ({ method, path, version }: Pick<Operation, 'method' | 'path' | 'version'>): string =>
  `${method} ${version === FIRST ? path : `/v${version}${path}`}`;

/** Every version of a route, oldest first. */
export const versionsOf = (name: string, { earlier = {}, ...route }: RouteContract): readonly Operation[] => {
  const { version = FIRST } = route;
  const { deprecated: _ofTheNewest, ...kept } = route;
  const before = Object.entries(earlier).map(([number, own]) => ({
    ...kept,
    ...own,
    name,
    version: Number(number),
    successor: version,
  }));
  return [...before, { ...route, name, version }];
};

/** What a service serves over HTTP. */
export const operationsOf = ({ routes }: ApiContract): readonly Operation[] =>
  Object.entries(routes).flatMap(([name, route]) => versionsOf(name, route));
