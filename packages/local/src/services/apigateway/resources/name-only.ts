import type { ResourceType } from '../../../core/emulated-service.ts';

const nameOnly = (type: string, why: string): ResourceType => ({
  type,
  honoured: [],
  notEmulated: { '*': why },
  identify: ({ logicalId }) => ({ ref: logicalId, attributes: {} }),
});

export const nameOnlyTypes: readonly ResourceType[] = [
  nameOnly('AWS::ApiGatewayV2::Deployment', 'the routes of the templates are always the deployed ones'),
  nameOnly('AWS::ApiGatewayV2::DomainName', 'an API answers at its local address only'),
  nameOnly('AWS::ApiGatewayV2::ApiMapping', 'an API answers at its local address only'),
];
