import type { Construct } from 'constructs';
import { registryApi } from '../../functions/registry/api.contract.ts';
import { allowedHostsEnvironment, registryEnvironment } from '../../functions/registry/environment.ts';
import { registryMessages } from '../../functions/registry/messages.contract.ts';
import { ServiceApi } from '../constructs/api/service-api.ts';
import { grantDiscover, grantKeepInstances, grantListServices } from '../constructs/calls/registry-grants.ts';
import { ServiceRegistration } from '../constructs/calls/service-registration.ts';
import { ServiceFunction } from '../constructs/functions/service-function.ts';
import { MeasureAlarm } from '../constructs/measure-alarm.ts';
import { Schedule } from '../constructs/schedule.ts';
import { ServiceTable } from '../constructs/tables/service-table.ts';
import { forRoute, forSchedule } from './function-sizes.ts';
import type { RegisteredStackProps } from './registered-stack.ts';
import { ServiceStack } from './service-stack.ts';

/** Leases of instances that come and go, over the Cloud Map namespace that deployments fill. */
export class RegistryStack extends ServiceStack {
  constructor(scope: Construct, { api, namespaceId, ...props }: RegisteredStackProps) {
    super(scope, 'registry', props);
    const { owner } = this;
    const table = new ServiceTable(this, 'Table', { owner, indexed: true, streamed: true });
    const environment = { contract: registryEnvironment, values: { tableName: table.tableName } };
    const leases = ['LEASE#*'];
    const route = (name: string) => new ServiceFunction(this, name, { owner, environment, ...forRoute });

    const register = new ServiceFunction(this, 'register-instance', {
      owner,
      environment: {
        contract: { variables: { ...registryEnvironment.variables, ...allowedHostsEnvironment.variables } },
        values: { ...environment.values, allowedHosts: props.stage.registry.allowedHosts },
      },
      ...forRoute,
    });
    const functions = {
      'list-services': route('list-services'),
      'get-service': route('get-service'),
      'register-instance': register,
      heartbeat: route('heartbeat'),
      'deregister-instance': route('deregister-instance'),
    };
    for (const reader of [functions['list-services'], functions['get-service']]) {
      table.grantGet(reader);
      grantDiscover(reader, owner);
    }
    grantListServices(functions['list-services']);
    table.grantReadIndex(register);
    grantDiscover(register, owner);
    grantKeepInstances(register, owner, ['RegisterInstance']);
    grantDiscover(functions['deregister-instance'], owner);
    grantKeepInstances(functions['deregister-instance'], owner, ['DeregisterInstance']);
    grantDiscover(functions.heartbeat, owner);
    grantKeepInstances(functions.heartbeat, owner, ['UpdateInstanceCustomHealthStatus']);
    for (const name of ['register-instance', 'heartbeat', 'deregister-instance'] as const) {
      table.grantCommand(functions[name], leases);
    }
    new ServiceApi(this, 'Routes', { api, contract: registryApi, functions });

    const sweep = new ServiceFunction(this, 'sweep', { owner, environment, ...forSchedule });
    table.grantCommand(sweep, leases);
    table.grantReadIndex(sweep);
    grantDiscover(sweep, owner);
    grantKeepInstances(sweep, owner, ['UpdateInstanceCustomHealthStatus']);
    new Schedule(this, 'SweepSchedule', { owner, target: sweep, everyMinutes: 1 });
    const reconcile = new ServiceFunction(this, 'reconcile', { owner, environment, ...forSchedule });
    table.grantGet(reconcile);
    table.grantReadIndex(reconcile);
    grantDiscover(reconcile, owner);
    grantKeepInstances(reconcile, owner, ['RegisterInstance', 'DeregisterInstance']);
    new Schedule(this, 'ReconcileSchedule', { owner, target: reconcile, everyMinutes: 5 });
    new MeasureAlarm(this, 'EvictionsSuspended', {
      owner,
      fn: sweep,
      measure: 'selfPreservation',
      subject: 'evictions-suspended',
      meaning: 'So many leases expired in one sweep that the registry keeps them: the fault may be its own.',
      page: 'evictions-suspended',
      statistic: 'Maximum',
      threshold: 1,
    });

    this.addOutbox(table, registryMessages);
    new ServiceRegistration(this, 'Registration', { owner, namespaceId, url: api.endpoint });
  }
}
