import { runningIn, StartError, type Terminal } from '@archipelago/local/cli';
import { stageNamed } from '../../lib/config/stages.ts';

/** As the SDK's clients take them. */
export interface ClientSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The system that an operator works on. */
export interface Target {
  readonly prefix: string;
  /** For messages: `archipelago-dev on AWS`. */
  readonly name: string;
  readonly client: ClientSettings;
}

const LOCAL_REGION = 'us-east-1';

/** The option of every command that works here and on AWS, in their help texts. */
export const STAGE_HELP =
  '--stage NAME     on AWS, with credentials and region as for the AWS CLI; without it the system that runs here';

/** Of a stage on AWS, or of the system of `npm start`. Throws StartError when nothing runs here, or there is no such stage. */
export const targetOf = ({ stage }: { readonly stage?: string | undefined }, terminal: Terminal): Target => {
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

/** Throws StartError for the flag that `--stage` has taken the place of. */
export const refuseAws = ({ aws }: { readonly aws?: boolean | undefined }, see: string): void => {
  if (aws) throw new StartError('--aws is now --stage NAME: --stage prod', 'the command line', `see ${see}`);
};
