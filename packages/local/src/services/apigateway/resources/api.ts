import { refuse, templateValues } from '../../../assembly/values.ts';
import type { ResourceType } from '../../../core/emulated-service.ts';
import { readCors } from '../../../http/cors.ts';
import type { ApiListeners } from '../api-listeners.ts';
import type { Declarations } from '../state.ts';

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
  create: (resource) => {
    const { stack, logicalId, properties } = resource;
    const values = templateValues(resource);
    const protocol = values.text('ProtocolType') ?? 'none';
    if (protocol !== 'HTTP') {
      throw refuse(resource, `ProtocolType ${protocol} is not emulated, only HTTP`, 'make it an HTTP API');
    }
    const { apiId } = listeners.of(stack, logicalId);
    const cors =
      properties.CorsConfiguration === undefined
        ? undefined
        : readCors(templateValues(resource, values.object('CorsConfiguration')));
    declared.apis.set(apiId, { id: apiId, stack, logicalId, name: values.text('Name') ?? '', cors });
    listeners.refresh(apiId);
  },
});
