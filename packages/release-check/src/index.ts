export { readContractShapes } from './contract-shapes.ts';
export { grpcCode, grpcFolders, grpcHistory, grpcHistoryRefusals, grpcLint, grpcRefusals } from './grpc-contracts.ts';
export { historyOf, readHistoryFiles, shapesIn } from './history.ts';
export { linkTree } from './link-tree.ts';
export { NOT_CHECKED } from './report.ts';
export type { RouteShape, Usage } from './rules/release.ts';
export { runCheck } from './run-check.ts';
export { historyRefusals, runContracts } from './run-contracts.ts';
export { readEvidence } from './usage.ts';
