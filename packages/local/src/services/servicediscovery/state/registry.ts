import type { InstanceRegistry } from '../../../core/ports.ts';
import type { Directory, Service } from './directory.ts';

/** Entries that another service of the system makes: they take effect at once. */
export const createRegistry = (directory: Directory): InstanceRegistry => {
  const serviceOf = (arn: string): Service | undefined => directory.services().find((service) => service.arn === arn);
  return {
    register: (arn, instance) => {
      const service = serviceOf(arn);
      if (service) directory.enter(service, instance);
    },
    setHealth: (arn, id, health) => {
      const service = serviceOf(arn);
      if (service) directory.setHealth(service, id, health);
    },
    deregister: (arn, id) => {
      const service = serviceOf(arn);
      if (service?.instances.has(id)) directory.deregister(service, id);
    },
  };
};
