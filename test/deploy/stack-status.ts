import { PREFIX } from './deployment.ts';
import { ask } from './raw-request.ts';

export const stackStatus = async (endpoint: string, name: string): Promise<string | undefined> => {
  const form = `Action=DescribeStacks&Version=2010-05-15&StackName=${PREFIX}-${name}`;
  const text = await ask(endpoint, { service: 'cloudformation', form });
  return /<StackStatus>(\w+)/.exec(text)?.[1];
};
