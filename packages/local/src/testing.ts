/** Single emulated services and the engine, for tests of code that calls AWS. */
export type { Grant, HolderUsage, Used } from './core/access.ts';
export { createCognitoService } from './services/cognito/service.ts';
export { createDynamoDbService } from './services/dynamodb/service.ts';
export { createServiceDiscoveryService } from './services/servicediscovery/service.ts';
export { createSqsService } from './services/sqs/service.ts';
export { createSsmService } from './services/ssm/service.ts';
export { startEngine, type TestEngine } from './testing/dynamodb-engine.ts';
export { type EmulatedAws, emulateAws, STARTED_AT_MS } from './testing/emulated-aws.ts';
export { type Spawned, spawnProgram } from './testing/spawned.ts';
