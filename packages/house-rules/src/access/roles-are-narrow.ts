import { finding, ofType, type Resource, type Rule, referredIn, type Template } from '../template.ts';
import { grantsIn } from './statements.ts';

/** A consumer that appends events needs as many: 2 for logs, 2 for traces, 3 for its table and 5 for its queues. */
const MOST_ACTIONS = 12;

const actionsOf = (template: Template, { logicalId }: Resource): ReadonlySet<string> => {
  const isOf = ({ logicalId: owner, properties }: Resource) =>
    owner === logicalId || referredIn(properties.Roles).includes(logicalId);
  const granted = grantsIn(template).filter(({ resource }) => isOf(resource));
  return new Set(granted.flatMap(({ actions }) => actions));
};

/** A role may do at most twelve things, and none that a managed policy adds unseen. */
export const rolesAreNarrow: Rule = (template) =>
  ofType(template, 'AWS::IAM::Role').flatMap((role) => {
    const { size } = actionsOf(template, role);
    return [
      ...(size > MOST_ACTIONS ? [finding(template, role, `allows ${size} actions, ${MOST_ACTIONS} at most`)] : []),
      ...('ManagedPolicyArns' in role.properties ? [finding(template, role, 'has managed policies')] : []),
    ];
  });
