import { writeWhenChanged } from '../../bundle/write-when-changed.ts';
import { openapiDocument } from '../../openapi/document.ts';
import { apis } from '../apis.ts';
import { routeTable } from './route-table.ts';

/** Puts what the gateway's functions must know of the other services into their bundles, before those become assets. */
export const writeGatewayFiles = async (root: string): Promise<void> => {
  await writeWhenChanged(root, 'build/gateway.openapi/openapi.json', JSON.stringify(openapiDocument(apis)));
  await writeWhenChanged(root, 'build/gateway.default-route/routes.json', JSON.stringify(routeTable(apis)));
};
