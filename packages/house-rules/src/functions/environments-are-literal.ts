import { at, finding, isObject, type Json, ofType, type Rule } from '../template.ts';

const SECRET = /secret|password|token|credential|private/i;

const problemOf = (name: string, value: Json): string | undefined => {
  if (typeof value !== 'string') return `${name} is not a literal`;
  return SECRET.test(name) ? `${name} looks like a secret` : undefined;
};

/**
 * A function sees the same values in AWS, in SAM and on a laptop, so its environment holds text and nothing that
 * CloudFormation would have to resolve; and no secret, which anybody who may read the function could see.
 */
export const environmentsAreLiteral: Rule = (template) =>
  ofType(template, 'AWS::Lambda::Function').flatMap((fn) => {
    const variables = at(fn.properties, 'Environment.Variables');
    return Object.entries(isObject(variables) ? variables : {})
      .map(([name, value]) => problemOf(name, value))
      .filter((problem) => problem !== undefined)
      .map((problem) => finding(template, fn, problem));
  });
