import { readFileSync } from 'node:fs';

export interface ClientSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const endpointHere = (): string => {
  try {
    const { endpointUrl }: { readonly endpointUrl: string } = JSON.parse(readFileSync('.local/runtime.json', 'utf8'));
    return endpointUrl;
  } catch {
    throw new Error(
      'nothing runs here (.local/runtime.json): start the system with `npm start` in another shell, or say --aws',
    );
  }
};

/** For AWS what the environment says, as in every SDK client; for the system of `npm start` its endpoint, which checks no key. */
export const settingsFor = (place: 'aws' | 'here'): ClientSettings =>
  place === 'aws'
    ? {}
    : {
        endpoint: endpointHere(),
        region: 'us-east-1',
        credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
      };
