import { isObject, type JsonObject } from '../../kernel/values/json.ts';
import { createSignedTransport } from './signed-fetch.ts';

const OK = 200;

export const endpointOf = (service: string): string =>
  process.env.AWS_ENDPOINT_URL ?? `https://${service}.${process.env.AWS_REGION}.amazonaws.com`;

const objectIn = (text: string): JsonObject => {
  const value: unknown = JSON.parse(text === '' ? '{}' : text);
  return isObject(value) ? value : {};
};

export type AwsJson = (
  path: string,
  body: JsonObject,
  headers?: Readonly<Record<string, string>>,
) => Promise<JsonObject>;

/**
 * Signed calls to an AWS service that speaks JSON, for the few operations that are not worth a client in the bundle.
 * Throws an Error for any status but 200.
 */
export const createAwsJson = (service: string, timeoutMs: number): AwsJson => {
  const transport = createSignedTransport(service);
  return async (path, body, headers = {}) => {
    const request = { url: `${endpointOf(service)}${path}`, body: JSON.stringify(body), headers, timeoutMs };
    const response = await transport(request);
    if (response.status !== OK)
      throw new Error(`${service} answers ${response.status}: ${response.body.slice(0, 500)}`);
    return objectIn(response.body);
  };
};
