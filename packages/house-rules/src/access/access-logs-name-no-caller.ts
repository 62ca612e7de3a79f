import { at, finding, ofType, type Rule } from '../template.ts';

/**
 * Addresses, browsers and claims of callers, and paths, which name people as the route key does not; why an authorizer
 * refused is no fact about a person.
 */
const PERSONAL = /\$context\.(?:(?:identity\.|authorizer\.(?!error\b))[\w.]+|path\b)/g;

/** An access log follows requests, not the people who sent them. */
export const accessLogsNameNoCaller: Rule = (template) =>
  ofType(template, 'AWS::ApiGatewayV2::Stage').flatMap((stage) =>
    [...String(at(stage.properties, 'AccessLogSettings.Format') ?? '').matchAll(PERSONAL)].map(([variable]) =>
      finding(template, stage, `logs ${variable}`),
    ),
  );
