import type { ClientRequest, Simulation } from '@archipelago/local/simulation';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../../functions/adapters/node/sha256.ts';

/** The headers that say who sends a request. */
export type Authorize = (request: ClientRequest) => Promise<Readonly<Record<string, string>>>;

/** A person, or the shop's own staff when `groups` say so. */
export const personIn =
  (simulation: Simulation, sub: string, groups: readonly string[] = []): Authorize =>
  async () => ({ authorization: `Bearer ${await simulation.token({ sub, groups })}` });

/** A machine with this role; its keys are made when they are first used. */
export const machineIn = ({ world, runtime }: Simulation, role: string): Authorize => {
  let signer: SignatureV4 | undefined;
  const { hostname, host } = new URL(runtime.apiUrl ?? '');
  return async ({ method, url, headers, body }) => {
    const { account, clock, credentials, region } = world;
    signer ??= new SignatureV4({
      service: 'execute-api',
      region,
      credentials: credentials.issue({ principal: `arn:aws:iam::${account}:role/${role}` }),
      sha256: Sha256,
    });
    const request = { method, protocol: 'http:', hostname, path: url, query: {}, headers: { ...headers, host } };
    const signed = await signer.sign(
      { ...request, ...(body !== undefined && { body }) },
      { signingDate: new Date(clock.now()) },
    );
    return signed.headers;
  };
};
