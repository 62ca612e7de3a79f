import type { World } from '../../../core/world.ts';
import type { IncomingParts } from '../../../http/payload-v2/parts.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { Exchange } from '../request/exchange.ts';
import { gatewayMessage } from '../respond/gateway-response.ts';
import type { Authorizer } from '../state.ts';
import { createJwtVerifier } from './jwt-verifier.ts';

/** Either the JSON text of `requestContext.authorizer`, or the answer that refuses the request. */
export type Authorization = { readonly authorizerJson: string | undefined } | { readonly refused: HttpResponse };

/** Fills the exchange's claims and principal when it lets the request pass. */
export type Authorize = (exchange: Exchange, parts: IncomingParts, request: HttpRequest) => Authorization;

const unauthorized = (challenge: string): Authorization => ({
  refused: gatewayMessage(401, 'Unauthorized', [['www-authenticate', challenge]]),
});

const insufficientScope = (scopes: readonly string[]): Authorization => ({
  refused: gatewayMessage(403, 'Forbidden', [
    [
      'www-authenticate',
      `Bearer scope="${scopes.join(' ')}" error="insufficient_scope" error_description="the token does not have a required scope"`,
    ],
  ]),
});

/** Where a token stands in a request, as an authorizer's template says it. */
export const IDENTITY_SOURCE = /^\$request\.(header|querystring)\.(.+)$/;

const compileIdentitySource = (source: string): ((parts: IncomingParts) => string | undefined) => {
  const [, place, name = ''] = IDENTITY_SOURCE.exec(source) ?? [];
  return place === 'header' ? ({ headers }) => headers[name.toLowerCase()] : ({ query }) => query?.[name];
};

const BEARER = /^bearer +/i;

export const createJwtAuthorizer = (
  world: World,
  authorizer: Authorizer,
): ((scopes: readonly string[]) => Authorize) => {
  const identityOf = compileIdentitySource(authorizer.identitySource);
  let warned = false;
  const verify = createJwtVerifier(authorizer, world.clock, (issuer) => {
    const jwks = world.need('issuers').jwks(issuer);
    if (!jwks && !warned) {
      warned = true;
      world.journal.record('logs', {
        id: world.random.uuid(),
        atMs: world.clock.now(),
        level: 'ERROR',
        source: `authorizer ${authorizer.name}`,
        message: `the issuer ${issuer} is not emulated here and keys are never fetched from outside: every token is refused`,
      });
    }
    return jwks;
  });
  return (scopes) => (exchange, parts) => {
    const identity = identityOf(parts);
    if (identity === undefined || identity === '') return unauthorized('Bearer');
    const verdict = verify(identity.replace(BEARER, ''));
    if ('refusal' in verdict) {
      exchange.authorizerError = verdict.refusal;
      return unauthorized(`Bearer scope="" error="invalid_token" error_description="${verdict.refusal}"`);
    }
    const { claims, claimsJson, scopes: granted } = verdict.token;
    exchange.claims = claims;
    if (typeof claims.sub === 'string') exchange.principal = claims.sub;
    if (scopes.length === 0) return { authorizerJson: `{"jwt":{"claims":${claimsJson},"scopes":null}}` };
    const held = scopes.filter((scope) => granted.has(scope));
    if (held.length === 0) {
      exchange.authorizerError = 'insufficient scope';
      return insufficientScope(scopes);
    }
    return { authorizerJson: `{"jwt":{"claims":${claimsJson},"scopes":${JSON.stringify(held)}}}` };
  };
};
