import { clientOf } from '../../e2e/client.ts';
import { unique } from '../../e2e/people.ts';
import { ask } from '../raw-request.ts';
import type { Site } from '../site.ts';

const CALLBACK = 'http://localhost:3000/';
const PASSWORD = 'Correct-Horse-7-Battery';
const SCOPE = 'openid users/read users/write';

const admin = (endpoint: string, operation: string, body: object): Promise<string> =>
  ask(endpoint, { service: 'cognito-idp', target: `AWSCognitoIdentityProviderService.${operation}`, body });

const formOf = (fields: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  redirect: 'manual',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields),
});

/** A person whom the pool knows signs in at its page, and gets in at the API with the token that the pool issues. */
export const signsIn = async ({ deployment: { endpoint, apiUrl, pool } }: Site): Promise<void> => {
  const email = `${unique('person')}@example.com`;
  const poolId = pool.issuer.slice(pool.issuer.lastIndexOf('/') + 1);
  const who = { UserPoolId: poolId, Username: email };
  await admin(endpoint, 'AdminCreateUser', { ...who, MessageAction: 'SUPPRESS' });
  await admin(endpoint, 'AdminSetUserPassword', { ...who, Password: PASSWORD, Permanent: true });

  const request = { client_id: pool.clientId, redirect_uri: CALLBACK, response_type: 'code', scope: SCOPE };
  const page = await fetch(`${endpoint}/login`, formOf({ ...request, username: email, password: PASSWORD }));
  const code = new URL(page.headers.get('location') ?? CALLBACK).searchParams.get('code');
  if (code === null) throw new Error(`the pool's page answers ${page.status}: ${await page.text()}`);
  const exchange = { grant_type: 'authorization_code', client_id: pool.clientId, redirect_uri: CALLBACK, code };
  const answer = await fetch(`${endpoint}/oauth2/token`, formOf(exchange));
  const { access_token: token }: { access_token?: string } = JSON.parse(await answer.text());
  if (token === undefined) throw new Error(`the pool issues no token: ${answer.status}`);

  const registered = await clientOf(apiUrl, token)('POST', '/users', { body: { email, name: 'Some One' } });
  if (registered.status !== 201) throw new Error(`POST /users answers ${registered.status}: ${registered.text}`);
  const orders = await clientOf(apiUrl, token)('GET', '/orders');
  if (orders.status !== 403) throw new Error(`without orders/read, GET /orders answers ${orders.status}`);
};
