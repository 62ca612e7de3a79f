import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleAll } from '../../lib/bundle/bundle-all.ts';
import { type ServiceTree, serviceTree } from '../support/service-tree.ts';
import { HANDLERS, sourceOf } from './faulty-handlers.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Node.js maps the stacks of these itself, as ours are mapped on AWS; those of others are mapped when they are printed. */
const MAPS_ITSELF = { NODE_OPTIONS: '--enable-source-maps' };

const shipFunction = (name: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `ships-test-${name}`,
    Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Environment: {
      Variables: { SERVICE: 'ships', STAGE: 'test', PREFIX: 'ships', ...(name === 'moor' ? {} : MAPS_ITSELF) },
    },
  },
  Metadata: { 'local:bundle': `build/ships.${name}` },
});

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

const mappingOf = (source: object, name: string, more: object = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: source,
    FunctionName: `ships-test-${name}`,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ...more,
  },
});

/** An HTTP API, a queue with dead letters, and a table whose stream is read: one function behind each, which fails. */
const RESOURCES = {
  ...Object.fromEntries(Object.keys(HANDLERS).map((name) => [name, shipFunction(name)])),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'ships', ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
  },
  Sail: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arnOf('sail'),
      PayloadFormatVersion: '2.0',
    },
  },
  SailRoute: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /ships',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Sail' }]] },
    },
  },
  DeadCargo: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'ships-cargo-dead' } },
  Cargo: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'ships-cargo',
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: arnOf('DeadCargo'), maxReceiveCount: 3 },
    },
  },
  CargoMapping: mappingOf(arnOf('Cargo'), 'load'),
  Log: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'ships-log',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
  },
  LogMapping: mappingOf({ 'Fn::GetAtt': ['Log', 'StreamArn'] }, 'chart', {
    StartingPosition: 'TRIM_HORIZON',
    MaximumRetryAttempts: 1,
  }),
};

const writeAssembly = (root: string): void => {
  const out = join(root, 'cdk.out');
  const write = (file: string, value: object) => writeFileSync(join(out, file), JSON.stringify(value));
  mkdirSync(out);
  const names = Object.keys(HANDLERS);
  for (const name of names) {
    cpSync(join(root, `build/ships.${name}`), join(out, `asset.${name}`), { recursive: true });
  }
  const files = names.map((name) => {
    const destinations = { here: { bucketName: 'assets', objectKey: `${name}.zip` } };
    return [name, { source: { path: `asset.${name}`, packaging: 'zip' }, destinations }];
  });
  write('Ships.assets.json', { version: '55.0.0', files: Object.fromEntries(files) });
  write('Ships.template.json', { Resources: RESOURCES });
  const artifacts = {
    Ships: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Ships.template.json' } },
    'Ships.assets': { type: 'cdk:asset-manifest', properties: { file: 'Ships.assets.json' } },
  };
  write('manifest.json', { version: '55.0.0', artifacts });
};

const linkPackages = (root: string): void => {
  for (const folder of ['functions/kernel', 'functions/edge', 'functions/adapters', 'events/contracts']) {
    cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  }
  cpSync(join(ROOT, 'package-lock.json'), join(root, 'package-lock.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
};

/** A project whose handlers fail, bundled as ours are, with an assembly in `cdk.out` as `cdk synth` writes one. */
export const faultyProject = async (): Promise<ServiceTree> => {
  const handlers = Object.entries(HANDLERS).map(([name, source]) => [sourceOf(name), source]);
  const tree = await serviceTree(Object.fromEntries(handlers));
  linkPackages(tree.root);
  await bundleAll(tree);
  writeAssembly(tree.root);
  return tree;
};
