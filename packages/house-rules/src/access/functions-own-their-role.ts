import { finding, ofType, type Rule, referredIn } from '../template.ts';

/** Every function has a role of this stack for itself. */
export const functionsOwnTheirRole: Rule = (template) => {
  const functions = ofType(template, 'AWS::Lambda::Function');
  const byRole = Map.groupBy(functions, ({ properties }) => referredIn(properties.Role)[0] ?? '');
  return [...byRole].flatMap(([role, holders]) => {
    if (role === '') return holders.map((fn) => finding(template, fn, 'has a role from elsewhere'));
    return holders.slice(1).map((fn) => finding(template, fn, `shares ${role} with ${holders[0]?.logicalId}`));
  });
};
