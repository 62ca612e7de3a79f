import { rejectedTypes } from '../left-out.ts';
import { ask } from '../raw-request.ts';

const templateOf = (type: string): string => JSON.stringify({ Resources: { Some: { Type: type, Properties: {} } } });

const creation = (type: string): string =>
  new URLSearchParams({
    Action: 'CreateStack',
    Version: '2010-05-15',
    StackName: 'rejected',
    TemplateBody: templateOf(type),
  }).toString();

/** Stage `emulator` leaves out no more than it must: a newer emulator that takes a type fails this case. */
export const rejects = async (endpoint: string): Promise<void> => {
  for (const { type } of rejectedTypes) {
    const answer = await ask(endpoint, { service: 'cloudformation', form: creation(type) }).catch(String);
    if (!answer.includes('Unrecognized resource types')) throw new Error(`${type} is not rejected: ${answer}`);
  }
};
