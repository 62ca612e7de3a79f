import { createRequire } from 'node:module';
import { StartError } from '../../../core/start-error.ts';

/** The folder names under `@dynoxide/` are npm's platform and architecture names. */
const packageName = (platform: string, arch: string) => `@dynoxide/${platform}-${arch}`;

/**
 * Path of the DynamoDB engine's executable, which npm installs as an optional dependency for the machine's platform.
 * Throws a StartError when it is not there.
 */
export const locateEngineBinary = (platform: string = process.platform, arch: string = process.arch): string => {
  const name = packageName(platform, arch);
  const executable = platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  try {
    return createRequire(import.meta.url).resolve(`${name}/${executable}`);
  } catch {
    throw new StartError(
      'the DynamoDB engine is not installed',
      name,
      `\`npm install --no-save ${name}\`, or set DYNAMODB_ENDPOINT to the URL of another engine such as DynamoDB Local`,
    );
  }
};
