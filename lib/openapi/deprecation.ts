import { type Operation, operationKey } from '../../functions/kernel/messages/operations.ts';

/** What a reader of an operation that will go must know: until when it answers, and what then. */
export const deprecationOf = (operation: Operation): object => {
  const { deprecated, successor } = operation;
  if (deprecated === undefined) return {};
  const { since, sunset, instead } = deprecated;
  const next =
    successor === undefined ? '' : ` Its successor is ${operationKey({ ...operation, version: successor })}.`;
  return {
    deprecated: true,
    description: `Deprecated since ${since}; it answers until ${sunset} at least.${next} ${instead}`,
  };
};

const text = (description: string, example: string): object => ({ description, schema: { type: 'string' }, example });

/** The headers by which its answers say so. */
export const announcedHeaders = ({ deprecated, successor }: Operation): object => {
  if (deprecated === undefined) return {};
  const what = successor === undefined ? 'this document' : 'its successor and this document';
  return {
    Deprecation: text(
      'RFC 9745: since when it is deprecated, in Unix seconds.',
      `@${Date.parse(deprecated.since) / 1_000}`,
    ),
    Sunset: text('RFC 8594: until when it answers at least.', new Date(deprecated.sunset).toUTCString()),
    Link: text(`RFC 8288: ${what}.`, '</openapi.json>; rel="deprecation"; type="application/json"'),
  };
};
