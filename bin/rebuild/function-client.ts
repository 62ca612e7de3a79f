import { askControl, runningIn, type Terminal } from '@archipelago/local/cli';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Target } from '../aws/target.ts';

export type Answer = Readonly<Record<string, unknown>>;

/** Invokes a service's function by its name and answers what it answers. Throws an Error when the function fails. */
export type InvokeFunction = (service: string, name: string, event: object) => Promise<Answer>;

const answerOf = (name: string, payload: string, functionError: string | undefined): Answer => {
  const answer: unknown = JSON.parse(payload === '' ? '{}' : payload);
  const members: Answer = typeof answer === 'object' && answer !== null ? { ...answer } : {};
  if (functionError !== undefined) throw new Error(`${name} failed: ${String(members.errorMessage ?? functionError)}`);
  return members;
};

/** Of the system that runs in this folder. */
export const functionsHere =
  (terminal: Terminal): InvokeFunction =>
  async (service, name, event) => {
    const asked = { function: `${service}/${name}`, event: { ...event } };
    const { payload = '', functionError } = await askControl(runningIn(terminal), 'invoke', asked);
    return answerOf(name, payload, functionError);
  };

/** A page takes longer than most calls. */
const TIMEOUT_MS = 60_000;

/** Of a stage on AWS. */
export const functionsOnAws = ({ prefix, client: settings }: Target): InvokeFunction => {
  const client = new LambdaClient({ ...settings, requestHandler: { requestTimeout: TIMEOUT_MS } });
  return async (service, name, event) => {
    const FunctionName = `${prefix}-${service}-${name}`;
    const command = new InvokeCommand({ FunctionName, Qualifier: 'live', Payload: JSON.stringify(event) });
    const { Payload, FunctionError } = await client.send(command);
    return answerOf(FunctionName, Payload?.transformToString() ?? '', FunctionError);
  };
};
