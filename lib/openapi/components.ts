const correlationId = '01M8B3M530G8HTJBSDNYC0MJ52';

/** RFC 9457, with members for the fields of a refused request, and for following a failure of ours. */
const properties = {
  type: { type: 'string', format: 'uri' },
  title: { type: 'string' },
  status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
  detail: { type: 'string' },
  instance: { type: 'string', format: 'uri-reference' },
  correlationId: { type: 'string', description: 'Only with status 500 and above.' },
  errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
};

const fieldError = {
  type: 'object',
  required: ['pointer', 'detail'],
  properties: {
    pointer: { type: 'string', description: 'RFC 6901, into the body, or below #/query or #/headers.' },
    detail: { type: 'string', description: 'The rule that is broken.' },
  },
  examples: [{ pointer: '#/items/0/quantity', detail: 'must be at least 1' }],
};

/** The schemas of what is refused. */
export const problemSchemas = {
  FieldError: fieldError,
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'instance'],
    properties,
    examples: [
      {
        type: 'https://archipelago.example/problems/validation-failed',
        title: 'Validation failed',
        status: 422,
        detail: 'Some values are not valid.',
        instance: '/orders',
        errors: [{ pointer: '#/items/0/quantity', detail: 'must be at least 1' }],
      },
    ],
  },
  Refusal: {
    type: 'object',
    description: 'A Problem, or what API Gateway says in its place: a message alone.',
    properties: { ...properties, message: { type: 'string' } },
    examples: [{ message: 'Unauthorized' }],
  },
};

const text = (description: string, example: string): object => ({
  description,
  schema: { type: 'string' },
  example,
});

/** The headers of answers. */
export const headers = {
  ETag: text('The version and a code of what is sent, for If-Match and If-None-Match.', '"1-8a5e0c1f3b7d2946"'),
  Location: text('Where it is.', '/orders/01M8B3M5H4957KA7CX0Z6EQ442'),
  'Retry-After': {
    description: 'When to try again, in seconds.',
    schema: { type: 'integer', format: 'int32', minimum: 0 },
    example: 1,
  },
  'X-Correlation-Id': text('The one that the request named, or a new one; it is in our logs.', correlationId),
};
