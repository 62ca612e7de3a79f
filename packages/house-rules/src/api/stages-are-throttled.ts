import { at, finding, ofType, type Rule } from '../template.ts';

const REQUIRED = ['DefaultRouteSettings.ThrottlingRateLimit', 'DefaultRouteSettings.ThrottlingBurstLimit'];

/** An API has limits of its own and a record of who was let in. */
export const stagesAreThrottled: Rule = (template) =>
  ofType(template, 'AWS::ApiGatewayV2::Stage').flatMap((stage) =>
    [...REQUIRED, 'AccessLogSettings.DestinationArn']
      .filter((path) => at(stage.properties, path) === undefined)
      .map((path) => finding(template, stage, `has no ${path}`)),
  );
