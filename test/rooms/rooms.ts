import { packageRooms } from './package-rooms.ts';

/** What a room may import: names of rooms, and package names or prefixes (`@aws-sdk/`, `node:`). */
export interface Room {
  readonly name: string;
  /** Matches the file's path from the root of the repository. */
  readonly files: RegExp;
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
  /** Where its folders have an order: every folder of the room, and which others each may import. */
  readonly folders?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The import rule of every room (AGENTS.md, "Where a line belongs"). The first room that matches a file is its room. `own:` rooms are
 * reachable only within the same service.
 */
export const rooms: readonly Room[] = [
  {
    name: 'bin/local',
    files: /^bin\/(local|invoke|token|redrive|replay|env|terminal)\.ts$/,
    rooms: ['bin/local', 'bin/aws', 'lib/bundle'],
    packages: ['@archipelago/local/cli', 'node:'],
  },
  {
    name: 'bin/aws',
    files: /^bin\/aws\//,
    rooms: ['bin/aws', 'lib/config'],
    packages: ['@archipelago/local/cli', '@aws-sdk/', 'node:'],
  },
  {
    name: 'bin/orders',
    files: /^bin\/orders(\.ts$|\/)/,
    rooms: ['bin/orders', 'bin/local', 'bin/aws', 'lib/config'],
    packages: ['@archipelago/local/cli', '@aws-sdk/', 'node:'],
  },
  {
    name: 'bin/deploy',
    files: /^bin\/(deploy-check|contracts)\.ts$/,
    rooms: [],
    packages: ['@archipelago/release-check', 'node:'],
  },
  {
    name: 'bin/usage',
    files: /^bin\/usage(\.ts$|\/)/,
    rooms: ['bin/usage', 'bin/local', 'bin/aws', 'lib/config'],
    packages: ['@archipelago/local/cli', '@archipelago/release-check', '@aws-sdk/client-cloudwatch', 'node:'],
  },
  {
    name: 'bin/operate',
    files: /^bin\/(backfill\.ts$|rebuild(\.ts$|\/)|operate\/)/,
    rooms: ['bin/operate', 'bin/local', 'bin/aws'],
    packages: ['@archipelago/local/cli', '@aws-sdk/client-lambda', 'node:'],
  },
  {
    name: 'bin/services',
    files: /^bin\/services(\.ts$|\/)/,
    rooms: ['bin/services'],
    packages: ['node:'],
  },
  { name: 'bin/demo', files: /^bin\/(demo|deploy)\.ts$/, rooms: [], packages: ['node:'] },
  {
    name: 'bin',
    files: /^bin\//,
    rooms: ['lib/stacks', 'lib/openapi', 'lib/config', 'lib/bundle'],
    packages: ['aws-cdk-lib', 'cdk.json', 'node:'],
  },
  { name: 'lib/config', files: /^lib\/config\//, rooms: ['lib/config'], packages: ['aws-cdk-lib'] },
  { name: 'lib/bundle', files: /^lib\/bundle\//, rooms: ['lib/bundle'], packages: ['esbuild', 'node:'] },
  {
    name: 'lib/openapi',
    files: /^lib\/openapi\//,
    rooms: ['lib/openapi', 'functions/kernel'],
    packages: ['zod/mini'],
  },
  {
    name: 'lib/constructs',
    files: /^lib\/constructs\//,
    rooms: ['lib/constructs', 'lib/config', 'functions/kernel'],
    packages: ['aws-cdk-lib', 'constructs'],
  },
  {
    name: 'lib/stacks',
    files: /^lib\/stacks\//,
    rooms: ['lib/stacks', 'lib/constructs', 'lib/config', 'contract', 'messages', 'environment', 'functions/kernel'],
    packages: ['aws-cdk-lib', 'constructs'],
  },
  {
    name: 'functions/kernel',
    files: /^functions\/kernel\//,
    rooms: ['functions/kernel'],
    packages: [],
    folders: {
      values: [],
      ports: ['values'],
      messages: ['values', 'ports'],
      stores: ['values', 'ports', 'messages'],
      calls: ['values', 'ports', 'messages'],
    },
  },
  {
    name: 'functions/adapters/node',
    files: /^functions\/adapters\/node\//,
    rooms: ['functions/adapters/node', 'functions/kernel'],
    packages: ['node:'],
  },
  {
    name: 'functions/adapters/grpc',
    files: /^functions\/adapters\/grpc\//,
    rooms: ['functions/adapters/grpc', 'functions/kernel', 'events/grpc'],
    packages: ['@connectrpc/', '@bufbuild/protobuf', 'node:'],
  },
  {
    name: 'functions/adapters',
    files: /^functions\/adapters\//,
    rooms: ['functions/adapters', 'functions/adapters/node', 'functions/kernel'],
    packages: ['@aws-sdk/', '@smithy/', 'aws-xray-sdk-core', 'node:'],
  },
  {
    name: 'functions/edge',
    files: /^functions\/edge\//,
    rooms: ['functions/edge', 'functions/kernel'],
    packages: ['@middy/', '@connectrpc/connect', 'aws-lambda', 'node:crypto'],
  },
  {
    name: 'contract',
    files: /^functions\/[^/]+\/(api|bodies|operations)\.contract\.ts$/,
    rooms: ['functions/kernel', 'events/fields', 'own:contract'],
    packages: ['zod/mini'],
  },
  {
    name: 'messages',
    files: /^functions\/[^/]+\/messages\.contract\.ts$/,
    rooms: ['functions/kernel', 'events'],
    packages: [],
  },
  { name: 'environment', files: /^functions\/[^/]+\/environment\.ts$/, rooms: ['functions/kernel'], packages: [] },
  {
    name: 'domain',
    files: /^functions\/[^/]+\/domain\//,
    rooms: ['functions/kernel', 'own:domain'],
    packages: [],
  },
  {
    name: 'rows',
    files: /^functions\/[^/]+\/rows\//,
    rooms: ['functions/kernel', 'own:domain', 'own:rows'],
    packages: [],
  },
  {
    name: 'sagas',
    files: /^functions\/[^/]+\/sagas\//,
    rooms: ['functions/kernel', 'own:messages', 'own:domain', 'own:sagas'],
    packages: [],
  },
  {
    name: 'commands',
    files: /^functions\/[^/]+\/commands\//,
    rooms: ['functions/kernel', 'own:messages', 'own:domain', 'own:rows', 'own:commands', 'own:sagas', 'events'],
    packages: [],
  },
  {
    name: 'views',
    files: /^functions\/[^/]+\/views\//,
    rooms: ['functions/kernel', 'own:domain', 'own:rows', 'own:views'],
    packages: [],
  },
  {
    name: 'index',
    files: /^functions\/[^/]+\/index\//,
    rooms: ['functions/kernel', 'own:domain'],
    packages: ['minisearch'],
  },
  {
    name: 'rpc',
    files: /^functions\/[^/]+\/rpc\//,
    rooms: ['functions/kernel', 'own:domain', 'events/grpc'],
    packages: ['@bufbuild/protobuf'],
  },
  {
    name: 'task',
    files: /^functions\/[^/]+\/task\//,
    rooms: [
      'functions/kernel',
      'functions/edge',
      'own:wiring',
      'own:domain',
      'own:index',
      'own:rpc',
      'own:views',
      'own:task',
      'events/grpc',
    ],
    packages: ['@connectrpc/connect', 'node:'],
  },
  {
    name: 'provider',
    files: /^functions\/[^/]+\/provider\//,
    rooms: ['functions/kernel', 'own:domain', 'own:provider'],
    packages: [],
  },
  {
    name: 'handlers',
    files: /^functions\/[^/]+\/handlers\/[^/]+\.handler\.ts$/,
    rooms: [
      'functions/kernel',
      'functions/edge',
      'own:wiring',
      'own:contract',
      'own:messages',
      'own:domain',
      'own:sagas',
      'own:commands',
      'own:views',
      'own:rpc',
      'events',
    ],
    packages: ['aws-lambda'],
  },
  {
    name: 'wiring',
    files: /^functions\/[^/]+\/wiring\.ts$/,
    rooms: [
      'functions/kernel',
      'functions/adapters',
      'functions/adapters/node',
      'functions/adapters/grpc',
      'own:messages',
      'own:environment',
      'own:domain',
      'own:rows',
      'own:sagas',
      'own:commands',
      'own:views',
      'own:provider',
      'events',
      'events/grpc',
    ],
    packages: [],
  },
  {
    name: 'events/fields',
    files: /^events\/contracts\/(fields|money)\.ts$/,
    rooms: ['functions/kernel'],
    packages: ['zod/mini'],
  },
  {
    name: 'events/grpc',
    files: /^events\/grpc\//,
    rooms: ['events/grpc'],
    packages: ['@bufbuild/protobuf'],
  },
  {
    name: 'events',
    files: /^events\//,
    rooms: ['events', 'events/fields', 'functions/kernel'],
    packages: ['zod/mini'],
  },
  ...packageRooms,
];
