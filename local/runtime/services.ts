import type { EmulatedService } from '../core/emulated-service.ts';
import type { World } from '../core/world.ts';
import { createInertService } from '../services/inert/service.ts';

export interface ServiceOptions {
  /** Where the main HTTP API should listen; 0 = any free port. */
  readonly preferredPort: number;
}

export type CreateServices = (world: World, options: ServiceOptions) => readonly EmulatedService[];

/** Every AWS service that is emulated. Providers of ports come before the services that need them at creation. */
export const createServices: CreateServices = (world) => [createInertService(world)];
