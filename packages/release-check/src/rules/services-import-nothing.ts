import { referencesIn } from './references.ts';
import type { DeployRule } from './release.ts';

/** Where services meet: what has no name of its own may be read from there. */
const MEETING_PLACE = /-(platform|gateway|network)$/;

/** No service's stack reads another service's: each must deploy before, after and without any other. */
export const servicesImportNothing: DeployRule = (_before, after) =>
  referencesIn(after)
    .filter(({ stack, provider }) => provider !== stack && !MEETING_PLACE.test(provider))
    .map(({ stack, logicalId, provider, output }) => ({
      subject: `${stack}/${logicalId}`,
      what: `${stack} would read an output of ${provider}`,
      where: `${stack}/${logicalId} reads ${provider}/${output}`,
      why: 'neither of the two could be deployed, rolled back or removed without regard to the other',
      remedy:
        'find the other service by its name (lib/config/names.ts) or through the registry; ids that have no name belong to platform, gateway or network',
    }));
