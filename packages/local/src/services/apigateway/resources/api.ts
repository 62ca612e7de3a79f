import type { ResourceType } from '../../../core/emulated-service.ts';
import type { Json } from '../../../core/json.ts';
import type { CorsSettings } from '../../../http/cors.ts';
import type { ApiListeners } from '../api-listeners.ts';
import { listOf, numberOf, objectOf, textOf } from '../resource-values.ts';
import type { Declarations } from '../state.ts';

const corsOf = (value: Json | undefined): CorsSettings | undefined => {
  if (value === undefined) return undefined;
  const cors = objectOf(value);
  return {
    allowOrigins: listOf(cors.AllowOrigins),
    allowMethods: listOf(cors.AllowMethods),
    allowHeaders: listOf(cors.AllowHeaders),
    exposeHeaders: listOf(cors.ExposeHeaders),
    allowCredentials: String(cors.AllowCredentials) === 'true',
    maxAgeSeconds: numberOf(cors.MaxAge),
  };
};

export const apiResource = (declared: Declarations, listeners: ApiListeners): ResourceType => ({
  type: 'AWS::ApiGatewayV2::Api',
  honoured: [
    'Name',
    'ProtocolType',
    'CorsConfiguration.AllowOrigins',
    'CorsConfiguration.AllowMethods',
    'CorsConfiguration.AllowHeaders',
    'CorsConfiguration.ExposeHeaders',
    'CorsConfiguration.AllowCredentials',
    'CorsConfiguration.MaxAge',
  ],
  notEmulated: {
    Description: 'documentation only',
    DisableExecuteApiEndpoint: 'the local address stands for custom domains too, so it always answers',
    IpAddressType: 'listens on IPv4 loopback',
    RouteSelectionExpression: 'HTTP APIs have only one',
    Tags: 'tags have no effect',
  },
  bind: (stack, logicalId) => listeners.bind(stack, logicalId),
  identify: ({ stack, logicalId }) => {
    const { apiId, url } = listeners.of(stack, logicalId);
    return { ref: apiId, attributes: { ApiId: apiId, ApiEndpoint: url } };
  },
  repeatable: true,
  create: ({ stack, logicalId, properties }) => {
    if (properties.ProtocolType !== 'HTTP') {
      throw new Error(`${logicalId}: ProtocolType ${textOf(properties.ProtocolType)} is not emulated, only HTTP`);
    }
    const { apiId } = listeners.of(stack, logicalId);
    const cors = corsOf(properties.CorsConfiguration);
    declared.apis.set(apiId, { id: apiId, stack, logicalId, name: textOf(properties.Name), cors });
    listeners.refresh(apiId);
  },
});
