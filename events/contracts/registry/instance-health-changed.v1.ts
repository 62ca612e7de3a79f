import * as z from 'zod/mini';
import { defineEvent } from '../define.ts';
import { id } from '../fields.ts';

/** An instance came, was lost, came back or left. `service` and `instanceId` name it in Cloud Map. */
export const instanceHealthChangedV1 = defineEvent(
  'registry',
  'InstanceHealthChanged.v1',
  z.object({ service: id, instanceId: id, status: z.enum(['healthy', 'unhealthy', 'gone']) }),
);
