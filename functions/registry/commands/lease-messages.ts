import { instanceHealthChangedV1 } from '../../../events/contracts/registry/instance-health-changed.v1.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import type { Change } from '../../kernel/stores/aggregate.ts';
import { type Departure, outgoing } from '../../kernel/stores/outbox.ts';
import { never } from '../../kernel/values/never.ts';
import type { Lease, LeaseEvent } from '../domain/lease.ts';
import type { InstanceName } from '../rows/lease-rows.ts';

/** The status that an event publishes; a heartbeat that changes nothing is not published. */
const statusAfter = (event: LeaseEvent): 'healthy' | 'unhealthy' | 'gone' | undefined => {
  switch (event.type) {
    case 'InstanceRegistered':
    case 'InstanceRecovered':
      return 'healthy';
    case 'InstanceLost':
      return 'unhealthy';
    case 'InstanceDeregistered':
      return 'gone';
    case 'HeartbeatReceived':
      return undefined;
    default:
      return never(event);
  }
};

export const leaseMessages = (
  { service, id }: InstanceName,
  { events, version }: Change<LeaseEvent, Lease>,
  cause: Cause,
  tools: RecordingTools,
): readonly Departure[] =>
  events
    .map(statusAfter)
    .filter((status) => status !== undefined)
    .map((status) => {
      const about = { aggregate: `instance/${service}/${id}`, version };
      return outgoing(instanceHealthChangedV1, { ...about, data: { service, instanceId: id, status } }, cause, tools);
    });
