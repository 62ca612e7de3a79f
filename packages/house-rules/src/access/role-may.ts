import { type Resource, referredIn, type Template } from '../template.ts';
import { grantsIn } from './statements.ts';

/** Whether the role of a function is allowed this action on this resource of the template. */
export const roleMay = (
  template: Template,
  fn: Resource | undefined,
  action: string,
  targetId: string | undefined,
): boolean => {
  const [role] = referredIn(fn?.properties.Role);
  return grantsIn(template).some(
    ({ resource, actions, targets }) =>
      role !== undefined &&
      (resource.logicalId === role || referredIn(resource.properties.Roles).includes(role)) &&
      actions.includes(action) &&
      targets.flatMap(referredIn).some((id) => id === targetId),
  );
};
