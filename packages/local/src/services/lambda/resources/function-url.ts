import type { IncomingMessage } from 'node:http';
import { templateValues } from '../../../assembly/values.ts';
import type { ResourceType } from '../../../core/emulated-service.ts';
import type { World } from '../../../core/world.ts';
import { type HttpResponse, writeResponse } from '../../../http/response.ts';
import type { Invoker } from '../invocation/invoker.ts';
import { parseFunctionAddress } from '../state/function-address.ts';
import { readUrlConfig } from '../url/url-config.ts';
import { createUrlHandler } from '../url/url-handler.ts';
import { INTERNAL_SERVER_ERROR, urlRefusal } from '../url/url-response.ts';

type Handler = (incoming: IncomingMessage) => Promise<HttpResponse>;

/** AWS::Lambda::Url: a listener of its own for each, open before anything is resolved so that `FunctionUrl` is known. */
export const functionUrlType = (world: World, invoker: Invoker): ResourceType => {
  const urls = new Map<string, string>();
  const handlers = new Map<string, Handler>();
  const notReady: Handler = async () => urlRefusal(503, 'Service Unavailable');
  return {
    type: 'AWS::Lambda::Url',
    honoured: ['TargetFunctionArn', 'Qualifier', 'AuthType', 'Cors', 'InvokeMode'],
    bind: async (stack, logicalId) => {
      const key = `${stack}/${logicalId}`;
      const { url } = await world.listen(`function url ${logicalId}`, (incoming, outgoing) => {
        (handlers.get(key) ?? notReady)(incoming)
          .then((response) => writeResponse(outgoing, response))
          // Also for an answer that HTTP cannot carry: a line break in a header.
          .catch(() => writeResponse(outgoing, INTERNAL_SERVER_ERROR))
          .catch(() => outgoing.destroy());
      });
      urls.set(key, `${url}/`);
    },
    identify: (resource) => {
      const values = templateValues(resource);
      const { name, qualifier } = parseFunctionAddress(
        values.requiredText('TargetFunctionArn'),
        values.text('Qualifier'),
      );
      const bare = `arn:${world.partition}:lambda:${world.region}:${world.account}:function:${name}`;
      const arn = qualifier === undefined ? bare : `${bare}:${qualifier}`;
      const url = urls.get(`${resource.stack}/${resource.logicalId}`) ?? '';
      return { ref: arn, attributes: { FunctionArn: arn, FunctionUrl: url } };
    },
    repeatable: true,
    create: (resource) => {
      handlers.set(
        `${resource.stack}/${resource.logicalId}`,
        createUrlHandler(world, invoker, readUrlConfig(resource)),
      );
    },
  };
};
