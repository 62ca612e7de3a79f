import { grantsIn } from './access/statements.ts';
import { ATTACHING } from './access/wildcards-are-confined.ts';
import { finding, type Json, type Rule } from './template.ts';

/** Actions for which AWS knows no resource; where it knows a condition, ours have it. */
const WITHOUT_RESOURCE = [
  ...ATTACHING,
  'ecr:GetAuthorizationToken',
  'servicediscovery:DiscoverInstances',
  'servicediscovery:ListNamespaces',
  'servicediscovery:ListServices',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

const isEverything = (target: Json) => target === '*';

/** No role is granted an action on everything, unless AWS offers nothing narrower. */
export const resourcesAreNamed: Rule = (template) =>
  grantsIn(template)
    .filter(({ targets }) => targets.some(isEverything))
    .flatMap(({ resource, actions }) =>
      actions
        .filter((action) => !WITHOUT_RESOURCE.includes(action))
        .map((action) => finding(template, resource, `allows ${action} on every resource`)),
    );
