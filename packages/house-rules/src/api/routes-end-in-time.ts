import { functionBehind } from '../messages/mappings.ts';
import { finding, ofType, type Rule } from '../template.ts';

const GATEWAY_SECONDS = 30;

/** A function is over before the integration gives up, and that before the gateway does. */
export const routesEndInTime: Rule = (template) =>
  ofType(template, 'AWS::ApiGatewayV2::Integration').flatMap((integration) => {
    const waits = Number(integration.properties.TimeoutInMillis ?? GATEWAY_SECONDS * 1000) / 1000;
    const takes = Number(functionBehind(template, integration.properties.IntegrationUri)?.properties.Timeout ?? 3);
    if (takes < waits && waits < GATEWAY_SECONDS) return [];
    return [
      finding(template, integration, `waits ${waits} s for a function of ${takes} s, below ${GATEWAY_SECONDS} s`),
    ];
  });
