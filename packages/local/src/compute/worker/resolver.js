// @ts-check
import { setServers } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Questions of this thread go to this server: those of `resolve4`, `resolveSrv` and the like. What `lookup` asks, and with
 * it every request by name, is answered by the operating system.
 * @param {string} server
 */
export const resolveBy = (server) => {
  setServers([server]);
  // `import { resolveSrv } from 'node:dns/promises'` is the function of the server that was set last.
  syncBuiltinESMExports();
};
