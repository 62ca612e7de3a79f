export { readContractShapes } from './contract-shapes.ts';
export { historyOf, readHistoryFiles } from './history.ts';
export { linkTree } from './link-tree.ts';
export { NOT_CHECKED } from './report.ts';
export { runCheck } from './run-check.ts';
export { historyRefusals, runContracts } from './run-contracts.ts';
