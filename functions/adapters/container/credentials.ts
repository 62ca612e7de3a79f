import { get } from 'node:http';
import { isObject } from '../../kernel/values/json.ts';
import { textIn } from '../../kernel/values/members.ts';
import { defaultProvider } from '../aws/lambda-credentials.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Before it, they are asked for again. */
  readonly expiration?: Date;
}

/** docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
const AGENT = 'http://169.254.170.2';
const TIMEOUT_MS = 2_000;
const EARLY_MS = 5 * 60_000;

const read = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = get(url, { timeout: TIMEOUT_MS }, (response) => {
      let body = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => {
          body += chunk;
        })
        .on('end', () => resolve(body))
        .on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('credentials: no answer'))).on('error', reject);
  });

const ask = async (url: string): Promise<Credentials> => {
  const answer: unknown = JSON.parse(await read(url));
  if (!isObject(answer)) throw new Error('credentials: the answer is no object');
  return {
    accessKeyId: textIn(answer, 'AccessKeyId'),
    secretAccessKey: textIn(answer, 'SecretAccessKey'),
    sessionToken: textIn(answer, 'Token'),
    expiration: new Date(textIn(answer, 'Expiration')),
  };
};

/**
 * Credentials of a task's role: ECS answers them under an address in the environment, and renews them there while the task
 * runs. Where the environment holds them itself, as on the laptop, those are taken. Remembered until shortly before they end.
 */
export const createContainerCredentials = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): (() => Promise<Credentials>) => {
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: path, AWS_CONTAINER_CREDENTIALS_FULL_URI: whole } = environment;
  const url = path === undefined ? whole : `${AGENT}${path}`;
  if (url === undefined) return defaultProvider();
  let known: Promise<Credentials> | undefined;
  let endsAtMs = 0;
  return async () => {
    if (known === undefined || Date.now() >= endsAtMs - EARLY_MS) {
      known = ask(url);
      endsAtMs = Number.POSITIVE_INFINITY;
      known.then(
        ({ expiration }) => {
          endsAtMs = expiration?.getTime() ?? 0;
        },
        () => {
          known = undefined;
        },
      );
    }
    return await known;
  };
};
