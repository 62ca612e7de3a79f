import type { IsolationRow } from './isolation.ts';
import type { TokenRow } from './tokens.ts';

export const ISOLATION_PAGE = 'docs/isolation.md';
export const TOKENS_PAGE = 'docs/tokens.md';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const HEAD = (title: string): string => `# ${title}

Written by \`npm run security\` from a running system; a test compares it with what the system answers. Do not edit.
`;

export const renderIsolation = (rows: readonly IsolationRow[]): string => `${HEAD('Isolation')}
What belongs to another looks as if it were not there. Each row is a route of \`openapi.json\` that takes an id, with one method. A
customer who holds every scope sends the request twice: about a thing of another person, and about one that does not exist. Status,
body, headers (but for the correlation id and the date) and the calls to AWS behind the answer are the same. What is open to all,
such as reading a product, belongs to no one and is left out.

${table(
  ['request', 'id', 'answer', 'calls to AWS', 'differs'],
  rows.map(({ operation, parameter, status, calls, differences }) => [
    `\`${operation}\``,
    `\`${parameter}\``,
    String(status),
    calls || 'none',
    differences.length === 0 ? 'nothing' : differences.join('; ').replaceAll('|', '\\|'),
  ]),
)}
`;

const reasonIn = (challenge: string): string => /error_description="([^"]+)"/.exec(challenge)?.[1] ?? '';

export const renderTokens = (rows: readonly TokenRow[]): string => `${HEAD('Tokens')}
What the gateway answers to a token that is not as it must be: each was sent to \`GET /orders\`, and no function saw the request. The
authorizer is that of the local runtime, which does as [API Gateway's documentation](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html)
says. Keys come from the issuer alone, and nothing is fetched because of a token.

${table(
  ['token', 'answer', 'as `WWW-Authenticate` says'],
  rows.map(({ name, status, challenge }) => [name, String(status), reasonIn(challenge)]),
)}
`;
