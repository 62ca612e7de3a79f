import { dirname } from 'node:path';
import { NOT_CHECKED } from '../lib/deploy-check/report.ts';
import { runContracts } from '../lib/deploy-check/run-contracts.ts';

try {
  process.exitCode = await runContracts(dirname(import.meta.dirname), process.argv.slice(2), console);
} catch (error) {
  console.error(error);
  process.exitCode = NOT_CHECKED;
}
