import { dirname } from 'node:path';
import { NOT_CHECKED, runContracts } from '@archipelago/release-check';

try {
  process.exitCode = await runContracts(dirname(import.meta.dirname), process.argv.slice(2), console);
} catch (error) {
  console.error(error);
  process.exitCode = NOT_CHECKED;
}
