import { type Operation, publicPaths } from '../../kernel/messages/operations.ts';
import { count } from '../../kernel/ports/metrics.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import { type Exchange, exchangeOf, type HttpEvent } from './exchange.ts';
import { matchPath } from './route-path.ts';

/** The versions of one route. */
type Versions = readonly Operation[];

const askedFor = (versions: Versions, { version }: Pick<Exchange, 'version'>): Operation | undefined =>
  versions.find((each) => each.version === version);

/** Throws Refused `not_found` for a version that is not served. */
export const requireVersion = (versions: Versions, exchange: Exchange): Operation => {
  const operation = askedFor(versions, exchange);
  if (operation === undefined) throw new Refused(notFound('resource'));
  return operation;
};

/** Only what has the shape of the route is repeated to the caller; a path may hold anything. */
const pathIn = ({ path, version }: Pick<Operation, 'path' | 'version'>, asked: string): string | undefined => {
  const params = matchPath(path, asked);
  const filled = params && path.replace(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? '');
  return filled && publicPaths({ path: filled, version })[0];
};

const MS = 1_000;

/** Where a program reads what is deprecated and what to do about it. */
const DOCUMENT = '</openapi.json>; rel="deprecation"; type="application/json"';

/** What every answer of a version that will go says: Deprecation (RFC 9745), Sunset (RFC 8594), Link (RFC 8288, RFC 5829). */
export const announcementOf = (versions: Versions, exchange: Exchange): Readonly<Record<string, string>> => {
  const operation = askedFor(versions, exchange);
  if (operation?.deprecated === undefined) return {};
  const { deprecated, path, successor } = operation;
  const next = successor === undefined ? undefined : pathIn({ path, version: successor }, exchange.path);
  return {
    deprecation: `@${Date.parse(deprecated.since) / MS}`,
    sunset: new Date(deprecated.sunset).toUTCString(),
    link: next === undefined ? DOCUMENT : `<${next}>; rel="successor-version", ${DOCUMENT}`,
  };
};

/**
 * Counts the calls of each version where that decides something: each measure is paid for by its name, and AWS counts the
 * requests anyway. What was refused before the handler is no use of a version: a release asks every function once.
 */
export const recordUse = (event: HttpEvent, versions: Versions, { metrics }: Pick<Runtime, 'metrics'>): void => {
  const exchange = exchangeOf(event);
  const operation = askedFor(versions, exchange);
  const matters = versions.length > 1 || operation?.deprecated !== undefined;
  if (operation === undefined || exchange.request === undefined || !matters) return;
  metrics.record({ calls: count(1) }, { apiVersion: String(operation.version) });
};
