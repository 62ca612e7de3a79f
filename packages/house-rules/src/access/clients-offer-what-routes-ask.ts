import { joinedText } from '../joined-text.ts';
import { byId, finding, isObject, type Json, listOf, ofType, type Rule, type Template } from '../template.ts';

/** Of OpenID Connect: they say what a token tells about its holder, and open no route. */
const OF_IDENTITY = ['openid', 'profile', 'email', 'phone'];

/** A scope with the name of its resource server in place of the reference to it. */
const scopeText = (template: Template, scope: Json): string => {
  if (!isObject(scope)) return joinedText(scope);
  const [, parts] = listOf(scope['Fn::Join']);
  return listOf(parts)
    .map((part) => {
      const server = isObject(part) ? byId(template, String(part.Ref)) : undefined;
      return server ? joinedText(server.properties.Identifier) : joinedText(part);
    })
    .join('');
};

/** Anyone may sign up, and ask a client without a secret for each scope that it offers: only for what routes ask of people. */
export const clientsOfferWhatRoutesAsk: Rule = (template, { scopes }) =>
  ofType(template, 'AWS::Cognito::UserPoolClient')
    .filter(({ properties }) => properties.GenerateSecret !== true)
    .flatMap((client) =>
      listOf(client.properties.AllowedOAuthScopes)
        .map((scope) => scopeText(template, scope))
        .filter((scope) => !OF_IDENTITY.includes(scope) && !scopes.includes(scope))
        .map((scope) => finding(template, client, `offers ${scope}, which no route asks of a person`)),
    );
