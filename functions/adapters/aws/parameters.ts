import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { loadOnce } from '../../kernel/values/load-once.ts';
import { callAws } from './aws-failure.ts';
import { clientSettings } from './client-settings.ts';

/** Reads a parameter by name; asked for once per execution environment, again only after a failure. */
export type Parameters = (name: string) => Promise<string>;

export const createParameters = ({
  client = new SSMClient(clientSettings),
}: {
  readonly client?: SSMClient;
} = {}): Parameters => {
  const known = new Map<string, () => Promise<string>>();
  const read = async (name: string): Promise<string> => {
    const input = { Name: name, WithDecryption: true };
    const { Parameter } = await callAws('parameter store', () => client.send(new GetParameterCommand(input)));
    if (Parameter?.Value === undefined) throw new Error(`the parameter ${name} has no value`);
    return Parameter.Value;
  };
  return (name) => {
    const value = known.get(name) ?? loadOnce(() => read(name));
    known.set(name, value);
    return value();
  };
};
