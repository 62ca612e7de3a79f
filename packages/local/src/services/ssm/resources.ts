import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import { physicalName } from '../../core/physical-name.ts';
import { StartError } from '../../core/start-error.ts';
import { isParameterType, type ParameterStore } from './state.ts';

const UNUSED = 'has no effect here';

const nameOf = (resource: Resource): string =>
  typeof resource.properties.Name === 'string' ? resource.properties.Name : physicalName(resource);

export const parameterResource = (store: ParameterStore): ResourceType => ({
  type: 'AWS::SSM::Parameter',
  honoured: ['Name', 'Type', 'Value'],
  notEmulated: {
    AllowedPattern: UNUSED,
    DataType: UNUSED,
    Description: UNUSED,
    Policies: UNUSED,
    Tags: UNUSED,
    Tier: UNUSED,
  },
  identify: (resource) => {
    const { Type, Value } = resource.properties;
    return { ref: nameOf(resource), attributes: { Type: Type ?? 'String', Value: Value ?? '' } };
  },
  repeatable: true,
  create: (resource) => {
    const { Type: type, Value } = resource.properties;
    const name = nameOf(resource);
    if (!isParameterType(type)) {
      const where = `${resource.stack}/${resource.logicalId}`;
      throw new StartError(`parameter ${name} has the type ${type}`, where, 'use String or StringList');
    }
    store.put({ name, type, value: String(Value) }, true);
  },
  remove: (resource) => {
    store.remove(nameOf(resource));
  },
});
