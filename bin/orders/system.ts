import { runningIn, StartError, type Terminal } from '@archipelago/local/cli';
import { stageNamed } from '../../lib/config/stages.ts';
import type { Options } from './options.ts';

/** Where the system is, in the words of the SDK's clients. */
export interface Target {
  readonly prefix: string;
  /** For messages: `archipelago-dev on AWS`. */
  readonly name: string;
  readonly client: {
    readonly endpoint?: string;
    readonly region?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

const LOCAL_REGION = 'us-east-1';

/** Throws StartError when nothing runs here, or there is no such stage. */
export const targetOf = ({ stage }: Pick<Options, 'stage'>, terminal: Terminal): Target => {
  if (stage === undefined) {
    const running = runningIn(terminal);
    const { prefix } = stageNamed(running.stage);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return {
      prefix,
      name: `${prefix} on this machine`,
      client: { endpoint: running.endpointUrl, region: LOCAL_REGION, credentials },
    };
  }
  const { prefix } = stageNamed(stage);
  if (!process.env.AWS_REGION && !process.env.AWS_DEFAULT_REGION && !process.env.AWS_PROFILE)
    throw new StartError(
      'no region is chosen',
      'the environment',
      'set AWS_REGION, or AWS_PROFILE to one that has a region',
    );
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  return { prefix, name: `${prefix} on AWS`, client: region === undefined ? {} : { region } };
};
