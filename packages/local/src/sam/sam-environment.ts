import { readFileSync } from 'node:fs';
import type { Assembly, Stack } from '../assembly/assembly.ts';
import { objectAt } from '../assembly/values.ts';
import { OPERATOR_KEY } from '../core/credentials.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { StartError } from '../core/start-error.ts';

/** Function name → variables, as `sam local invoke --env-vars` takes them; `Parameters` is for every function. */
export type SamEnvironment = Readonly<Record<string, Readonly<Record<string, string>>>>;

const refuse = (what: string, stack: Stack, logicalId: string, remedy: string) =>
  new StartError(what, `${logicalId} in ${stack.file}`, remedy);

/**
 * A Node option that loads reach-machine.js and then sets endpoint and key. SAM passes on no variable that a template
 * does not declare, and a template cannot declare AWS_ENDPOINT_URL: it would count on AWS as well.
 */
const preload = (endpointUrl: string): string => {
  const source = readFileSync(new URL('./reach-machine.js', import.meta.url), 'utf8');
  const code = source.split('\n').filter((line) => !/^\s*(\/\/|$)/.test(line));
  const variables = {
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_ACCESS_KEY_ID: OPERATOR_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: OPERATOR_KEY.secretAccessKey,
  };
  const settings = `Object.assign(process.env, ${JSON.stringify(variables)});`;
  // SAM passes on the credentials that it finds on the machine; nothing here may sign with those.
  const script = [...code, settings, 'delete process.env.AWS_SESSION_TOKEN;'].map((line) => line.trim()).join('\n');
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
};

const literals = (stack: Stack, logicalId: string, variables: JsonObject): Record<string, string> => {
  const entries = Object.entries(variables).map(([name, value]: [string, Json]): [string, string] => {
    if (typeof value === 'string') return [name, value];
    const what = `${name} is not a literal, and SAM would leave it empty`;
    throw refuse(what, stack, logicalId, 'compose it from names in the CDK app');
  });
  return Object.fromEntries(entries);
};

/**
 * What the functions of an assembly find in their environment when SAM runs them: the template's own values, and the
 * way to a system that runs on this machine. Throws StartError for what SAM could not pass on.
 */
export const samEnvironment = (assembly: Assembly, endpointUrl: string): SamEnvironment => {
  const option = preload(endpointUrl);
  const functions: Record<string, Readonly<Record<string, string>>> = {};
  let everywhere: string | undefined;
  for (const stack of assembly.stacks) {
    for (const [logicalId, { type, properties }] of stack.resources) {
      if (type !== 'AWS::Lambda::Function') continue;
      const variables = literals(stack, logicalId, objectAt(objectAt(properties, 'Environment'), 'Variables'));
      const { NODE_OPTIONS: nodeOptions, ...others } = variables;
      if (nodeOptions === undefined) {
        const what = 'it declares no NODE_OPTIONS, and SAM passes no other variable on';
        throw refuse(what, stack, logicalId, "set it, e.g. to '--enable-source-maps'");
      }
      const name = typeof properties.FunctionName === 'string' ? properties.FunctionName : logicalId;
      everywhere ??= nodeOptions;
      const own = nodeOptions === everywhere ? {} : { NODE_OPTIONS: `${nodeOptions} ${option}` };
      functions[name] = { ...others, ...own };
    }
  }
  return everywhere === undefined
    ? functions
    : { Parameters: { NODE_OPTIONS: `${everywhere} ${option}` }, ...functions };
};
