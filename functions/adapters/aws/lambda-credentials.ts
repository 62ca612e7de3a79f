interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`credentials: ${name} is not set; Lambda sets it in every environment`);
  return value;
};

/**
 * Takes the place of `@aws-sdk/credential-provider-node` in bundles (lib/bundle/build.ts): Lambda hands a role's
 * credentials over in the environment, so the SDK's search through profiles, SSO, containers and instance metadata is a
 * third of each bundle that never runs.
 */
export const defaultProvider = () => (): Promise<Credentials> => {
  const { AWS_SESSION_TOKEN: sessionToken } = process.env;
  return Promise.resolve({
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken !== undefined && { sessionToken }),
  });
};
