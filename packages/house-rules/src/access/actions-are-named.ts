import { finding, type Rule } from '../template.ts';
import { grantsIn } from './statements.ts';

/** No role is granted actions by a wildcard. */
export const actionsAreNamed: Rule = (template) =>
  grantsIn(template).flatMap(({ resource, actions }) =>
    actions.filter((action) => action.includes('*')).map((action) => finding(template, resource, `allows ${action}`)),
  );
