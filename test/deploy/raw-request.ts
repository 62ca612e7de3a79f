import { REGION } from './cdk-cli.ts';

/** The three forms in which AWS services of this project are asked. */
export type RawRequest =
  | { readonly service: string; readonly form: string }
  | { readonly service: string; readonly target: string; readonly body?: object }
  | { readonly service: string; readonly path: string };

const CREDENTIAL_DATE = '20260101';

const payload = (request: RawRequest): RequestInit => {
  if ('form' in request) {
    return { method: 'POST', body: request.form, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  }
  if ('target' in request) {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': request.target };
    return { method: 'POST', body: JSON.stringify(request.body ?? {}), headers };
  }
  return { method: 'GET' };
};

/**
 * The text of an answer, of services too whose client this project does not need otherwise. The emulator tells services
 * apart by the scope of a credential and checks no signature. Throws an Error for any status but 200.
 */
export const ask = async (endpoint: string, request: RawRequest): Promise<string> => {
  const { headers, ...init } = payload(request);
  const scope = `${CREDENTIAL_DATE}/${REGION}/${request.service}/aws4_request`;
  const response = await fetch(`${endpoint}${'path' in request ? request.path : '/'}`, {
    ...init,
    headers: {
      ...Object.fromEntries(new Headers(headers)),
      authorization: `AWS4-HMAC-SHA256 Credential=test/${scope}, SignedHeaders=host, Signature=none`,
    },
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${request.service} answers ${response.status}: ${text}`);
  return text;
};
