import type { Resource } from '../core/emulated-service.ts';

/** A route of the main API, e.g. `GET /orders/{id}`. */
export interface PublishedRoute {
  readonly method: string;
  readonly path: string;
  /** Whether it is answered without a token. */
  readonly open: boolean;
}

export const routesOf = (resources: readonly Resource[], apiId: string | undefined): readonly PublishedRoute[] =>
  resources
    .filter(({ type, properties }) => type === 'AWS::ApiGatewayV2::Route' && properties.ApiId === apiId)
    .map(({ properties }) => {
      const [method = '', path = ''] = String(properties.RouteKey).split(' ');
      return { method, path, open: (properties.AuthorizationType ?? 'NONE') === 'NONE' };
    });

export const containerServicesOf = (resources: readonly Resource[]): readonly string[] =>
  resources.filter(({ type }) => type === 'AWS::ECS::Service').map(({ identity }) => String(identity?.attributes.Name));
