import { at, finding, ofType, type Rule } from '../template.ts';
import { resourcePoliciesIn } from './statements.ts';

/** Nobody is let in by a wildcard, and a service only on behalf of a resource that is named. */
export const resourcePoliciesNameCallers: Rule = (template) => {
  const open = resourcePoliciesIn(template)
    .filter(({ principal }) => principal === '*' || at(principal, 'AWS') === '*')
    .map(({ resource }) => finding(template, resource, 'allows everybody'));
  const unnamed = ofType(template, 'AWS::Lambda::Permission')
    .filter(({ properties }) => properties.Principal === '*' || properties.SourceArn === undefined)
    .map((permission) => finding(template, permission, 'lets in without a SourceArn'));
  return [...open, ...unnamed];
};
