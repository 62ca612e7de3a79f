import { type ControlOperation, ControlRefusal } from './control-operation.ts';

const NAME = /^[\w+=,.@-]{1,64}$/;

/** `{role}` → `{accessKeyId, secretAccessKey, sessionToken}`: what a machine that has this role signs its requests with. */
export const credentialsOperation: ControlOperation = {
  method: 'POST',
  run: ({ world }, { role }) => {
    if (typeof role !== 'string' || !NAME.test(role)) {
      throw new ControlRefusal(400, "role is the name of a role, e.g. 'billing'");
    }
    const principal = `arn:${world.partition}:iam::${world.account}:role/${role}`;
    return { body: world.credentials.issue({ principal }) };
  },
};
