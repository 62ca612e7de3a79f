import { describeResource, physicalName } from './physical-name.ts';
import type { DeployRule, Release } from './release.ts';

interface Named {
  readonly stack: string;
  readonly logicalId: string;
  readonly name: string;
  readonly description: string;
}

const namedIn = ({ stacks }: Release): readonly Named[] =>
  stacks.flatMap(({ stack, resources }) =>
    resources.flatMap((resource) => {
      const name = physicalName(stack, resource);
      return name === undefined
        ? []
        : [{ stack, logicalId: resource.logicalId, name, description: describeResource(resource) }];
    }),
  );

/** What has a name keeps its logical id and its stack: CloudFormation makes the new one before it removes the old. */
export const logicalIdsStay: DeployRule = (before, after) => {
  const later = new Map(namedIn(after).map((each) => [each.name, each]));
  return namedIn(before).flatMap(({ stack, logicalId, name, description }) => {
    const now = later.get(name);
    if (now === undefined || (now.stack === stack && now.logicalId === logicalId)) return [];
    const subject = `${stack}/${logicalId}`;
    return [
      {
        subject,
        what: `${description} would get another logical id`,
        where: `${subject} is ${now.stack}/${now.logicalId} now`,
        why: 'CloudFormation takes it for a new resource, whose name is taken until the old one is removed: the deploy fails',
        remedy: `give the construct its old id and place, or keep the id with overrideLogicalId('${logicalId}')`,
      },
    ];
  });
};
