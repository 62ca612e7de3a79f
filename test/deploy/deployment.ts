import { readFile } from 'node:fs/promises';
import type { Pool } from './tokens.ts';

/** What stands where, as the stacks' outputs say. */
export interface Deployment {
  readonly endpoint: string;
  readonly stateFolder: string;
  readonly apiUrl: string;
  readonly pool: Pool;
}

export const PREFIX = 'archipelago-emulator';

type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

const output = (outputs: Outputs, stack: string, name: string): string => {
  const found = Object.entries(outputs[`${PREFIX}-${stack}`] ?? {}).find(([key]) => key.startsWith(name));
  if (found === undefined) throw new Error(`stack ${PREFIX}-${stack} has no output ${name}`);
  return found[1];
};

/** `file` is what `cdk deploy --outputs-file` wrote. */
export const readDeployment = async (file: string, endpoint: string, stateFolder: string): Promise<Deployment> => {
  const outputs: Outputs = JSON.parse(await readFile(file, 'utf8'));
  // The emulator's form of an API's address that needs neither DNS nor a Host header.
  const [apiId] = new URL(output(outputs, 'gateway-stage', 'Url')).hostname.split('.');
  return {
    endpoint,
    stateFolder,
    apiUrl: `${endpoint}/_aws/execute-api/${apiId}/$default`,
    pool: {
      issuer: output(outputs, 'platform', 'IdentityIssuer'),
      clientId: output(outputs, 'platform', 'IdentityClientId'),
    },
  };
};
