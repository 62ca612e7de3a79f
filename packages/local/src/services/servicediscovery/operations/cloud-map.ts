import { AwsError } from '../../../core/aws-call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { JsonOperation } from '../../../http/json-protocol.ts';
import type { Directory, Instance } from '../state/directory.ts';
import { discover } from '../state/discovery.ts';
import type { HealthUpdates } from '../state/health-updates.ts';
import { describeNamespace, describeService } from './descriptions.ts';
import { filterOf, optionalNumber, pageOf, requiredText, textMap } from './input.ts';

const INSTANCE_ID = /^[0-9a-zA-Z_/:.@-]{1,64}$/;
const MOST_ATTRIBUTES = 30;

const describeInstance = ({ id, creatorRequestId, attributes }: Instance): JsonObject => ({
  Id: id,
  ...(creatorRequestId !== undefined && { CreatorRequestId: creatorRequestId }),
  Attributes: attributes,
});

const only = (wanted: readonly string[] | undefined, value: string) => !wanted || wanted.includes(value);

const queries = (world: World, directory: Directory): Record<string, JsonOperation> => {
  const serviceNamed = (input: JsonObject) =>
    directory.serviceNamed(requiredText(input, 'NamespaceName'), requiredText(input, 'ServiceName'));
  return {
    DiscoverInstances: (input) => {
      const service = serviceNamed(input);
      const query = {
        healthStatus: typeof input.HealthStatus === 'string' ? input.HealthStatus : 'HEALTHY_OR_ELSE_ALL',
        queryParameters: textMap(input.QueryParameters, 'QueryParameters'),
        optionalParameters: textMap(input.OptionalParameters, 'OptionalParameters'),
        maxResults: optionalNumber(input, 'MaxResults'),
      };
      return { Instances: discover(service, query, world.random), InstancesRevision: service.revision };
    },
    DiscoverInstancesRevision: (input) => ({ InstancesRevision: serviceNamed(input).revision }),
    GetNamespace: (input) => ({
      Namespace: describeNamespace(directory.namespace(requiredText(input, 'Id')), directory.services()),
    }),
    ListNamespaces: (input) => {
      const found = directory
        .namespaces()
        .filter(({ name }) => only(filterOf(input, 'NAME'), name) && only(filterOf(input, 'HTTP_NAME'), name))
        .filter(({ kind }) => only(filterOf(input, 'TYPE'), kind));
      const { items, next } = pageOf(found, input);
      return { Namespaces: items.map((item) => describeNamespace(item, directory.services())), ...next };
    },
    GetService: (input) => ({ Service: describeService(directory.service(requiredText(input, 'Id'))) }),
    ListServices: (input) => {
      const wanted = filterOf(input, 'NAMESPACE_ID');
      const found = directory
        .services()
        .filter(({ namespace }) => only(wanted, namespace.id) || only(wanted, namespace.arn));
      const { items, next } = pageOf(found, input);
      return { Services: items.map(describeService), ...next };
    },
    GetInstance: (input) => {
      const service = directory.service(requiredText(input, 'ServiceId'));
      return { Instance: describeInstance(directory.instance(service, requiredText(input, 'InstanceId'))) };
    },
    ListInstances: (input) => {
      const service = directory.service(requiredText(input, 'ServiceId'));
      const { items, next } = pageOf([...service.instances.values()], input);
      return { Instances: items.map(({ id, attributes }) => ({ Id: id, Attributes: attributes })), ...next };
    },
    GetInstancesHealthStatus: (input) => {
      const service = directory.service(requiredText(input, 'ServiceId'));
      const ids = Array.isArray(input.Instances) ? input.Instances.map(String) : [...service.instances.keys()];
      const { items, next } = pageOf(ids, input);
      const statuses = items.map((id) => [
        id,
        service.customHealth ? directory.instance(service, id).health : 'UNKNOWN',
      ]);
      return { Status: Object.fromEntries(statuses), ...next };
    },
  };
};

const changes = (world: World, directory: Directory, health: HealthUpdates): Record<string, JsonOperation> => {
  const operations = new Map<string, JsonObject>();

  const begin = (type: string, targets: JsonObject): JsonObject => {
    const id = `${world.random.hex(16)}-${world.random.hex(4)}`;
    const atSeconds = world.clock.now() / 1000;
    const dates = { CreateDate: atSeconds, UpdateDate: atSeconds };
    operations.set(id, { Id: id, Type: type, Status: 'SUCCESS', Targets: targets, ...dates });
    return { OperationId: id };
  };

  return {
    RegisterInstance: (input) => {
      const service = directory.service(requiredText(input, 'ServiceId'));
      const id = requiredText(input, 'InstanceId');
      if (!INSTANCE_ID.test(id)) throw new AwsError('InvalidInput', `'${id}' is not an instance id`);
      const attributes = textMap(input.Attributes, 'Attributes');
      const count = Object.keys(attributes).length;
      if (count === 0 || count > MOST_ATTRIBUTES)
        throw new AwsError('InvalidInput', `an instance has 1 to ${MOST_ATTRIBUTES} attributes, not ${count}`);
      health.forget(service, id);
      const { CreatorRequestId } = input;
      directory.register(
        service,
        id,
        attributes,
        typeof CreatorRequestId === 'string' ? CreatorRequestId : world.random.uuid(),
      );
      return begin('REGISTER_INSTANCE', { INSTANCE: id, SERVICE: service.id });
    },
    DeregisterInstance: (input) => {
      const service = directory.service(requiredText(input, 'ServiceId'));
      const id = requiredText(input, 'InstanceId');
      directory.deregister(service, id);
      health.forget(service, id);
      return begin('DEREGISTER_INSTANCE', { INSTANCE: id, SERVICE: service.id });
    },
    GetOperation: (input) => {
      const id = requiredText(input, 'OperationId');
      const operation = operations.get(id);
      if (!operation) throw new AwsError('OperationNotFound', `Operation not found: ${id}`);
      return { Operation: operation };
    },
    UpdateInstanceCustomHealthStatus: (input) => {
      const service = directory.service(requiredText(input, 'ServiceId'));
      const status = requiredText(input, 'Status');
      if (status !== 'HEALTHY' && status !== 'UNHEALTHY')
        throw new AwsError('InvalidInput', `Status must be HEALTHY or UNHEALTHY, not '${status}'`);
      health.report(service, requiredText(input, 'InstanceId'), status);
      return {};
    },
  };
};

/** Every operation under its name in `x-amz-target: Route53AutoNaming_v20170314.<name>`. */
export const cloudMapOperations = (
  world: World,
  directory: Directory,
  health: HealthUpdates,
): Record<string, JsonOperation> => ({ ...queries(world, directory), ...changes(world, directory, health) });
