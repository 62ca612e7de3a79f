import { finding, ofType, type Resource, type Rule, referredIn, type Template } from './template.ts';

const GATEWAY_SECONDS = 30;

const functionOf = (template: Template, integration: Resource): Resource | undefined => {
  const find = (id: string | undefined) => template.resources.find(({ logicalId }) => logicalId === id);
  const alias = find(referredIn(integration.properties.IntegrationUri)[0]);
  return alias && find(referredIn(alias.properties.FunctionName)[0]);
};

/** A function is over before the integration gives up, and that before the gateway does. */
export const routesEndInTime: Rule = (template) =>
  ofType(template, 'AWS::ApiGatewayV2::Integration').flatMap((integration) => {
    const waits = Number(integration.properties.TimeoutInMillis ?? GATEWAY_SECONDS * 1000) / 1000;
    const takes = Number(functionOf(template, integration)?.properties.Timeout ?? 3);
    if (takes < waits && waits < GATEWAY_SECONDS) return [];
    return [
      finding(template, integration, `waits ${waits} s for a function of ${takes} s, below ${GATEWAY_SECONDS} s`),
    ];
  });
