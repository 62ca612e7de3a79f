import { textOf } from '../../../assembly/values.ts';
import { isObject } from '../../../core/json.ts';
import type { Delivery, World } from '../../../core/world.ts';
import { eventTime } from '../operations/put-events.ts';
import type { Buses, Envelope } from './event-bus.ts';
import type { Publisher } from './publisher.ts';

/** Takes events that a rule of another bus, or a schedule, sends to a bus. What an envelope lacks is filled in. */
export const createBusTarget =
  (world: World, buses: Buses, publisher: Publisher) =>
  async (arn: string, { payload, traceHeader, by }: Delivery): Promise<void> => {
    if (by) world.access.demand(by, [{ action: 'events:PutEvents', resource: arn }]);
    const given: unknown = JSON.parse(payload);
    const event = isObject(given) ? given : {};
    const envelope: Envelope = {
      version: '0',
      account: world.account,
      region: world.region,
      resources: [],
      ...event,
      id: textOf(event.id) ?? world.random.uuid(),
      'detail-type': textOf(event['detail-type']) ?? '',
      source: textOf(event.source) ?? '',
      time: textOf(event.time) ?? eventTime(world.clock.now()),
      detail: isObject(event.detail) ? event.detail : {},
    };
    publisher.publish(buses.bus(arn), { envelope, forwarded: true, ...(traceHeader !== undefined && { traceHeader }) });
  };
