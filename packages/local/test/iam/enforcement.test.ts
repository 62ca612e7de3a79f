import {
  BatchGetItemCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DiscoverInstancesCommand,
  RegisterInstanceCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arn, type EnforcedAws, enforcedAws } from './enforcement-fixture.ts';

let aws: EnforcedAws;
let serviceId: string;
beforeAll(async () => {
  aws = await enforcedAws();
  await aws.create('AWS::SQS::Queue', 'Jobs', { QueueName: 'jobs' });
  await aws.create('AWS::Events::EventBus', 'Bus', { Name: 'main' });
  await aws.create('AWS::SSM::Parameter', 'Url', { Name: '/shop/url', Type: 'String', Value: 'here' });
  const { ref } = await aws.create('AWS::ServiceDiscovery::HttpNamespace', 'Namespace', { Name: 'shop' });
  const service = await aws.create('AWS::ServiceDiscovery::Service', 'Service', { Name: 'catalog', NamespaceId: ref });
  serviceId = service.ref;
  await aws.create('AWS::DynamoDB::Table', 'Orders', {
    TableName: 'orders',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: ['pk', 'customer'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [{ IndexName: 'gsi1', KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }] }],
    BillingMode: 'PAY_PER_REQUEST',
  });
});
afterAll(() => aws.stop());

const allow = (Action: string | readonly string[], Resource: string, Condition?: object) => [
  { Effect: 'Allow', Action, Resource, ...(Condition && { Condition: { ...Condition } }) },
];

const table = arn('dynamodb', 'table/orders');

const denied = (action: string, resource: string) => ({
  name: action.startsWith('sqs:') ? 'AccessDenied' : 'AccessDeniedException',
  message: expect.stringContaining(
    `is not authorized to perform: ${action}${resource === '*' ? '' : ` on resource: ${resource}`} because no identity-based policy allows the ${action} action`,
  ),
});

describe('a call of a role', () => {
  it('is refused as AWS words it, with a line that says what would allow it', async () => {
    const dynamodb = new DynamoDBClient(await aws.as('place-order', allow('dynamodb:PutItem', table)));
    await expect(
      dynamodb.send(new GetItemCommand({ TableName: 'orders', Key: { pk: { S: 'a' } } })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::000000000000:assumed-role/place-order/place-order is not authorized to perform: dynamodb:GetItem on resource: ${table} because no identity-based policy allows the dynamodb:GetItem action`,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('is allowed on an index only when the index is named', async () => {
    const query = (IndexName?: string) =>
      new QueryCommand({
        TableName: 'orders',
        ...(IndexName && { IndexName }),
        KeyConditionExpression: '#k = :v',
        ExpressionAttributeNames: { '#k': IndexName ? 'customer' : 'pk' },
        ExpressionAttributeValues: { ':v': { S: 'CUSTOMER#1' } },
      });
    const onTable = new DynamoDBClient(await aws.as('on-table', allow('dynamodb:Query', table)));
    await expect(onTable.send(query('gsi1'))).rejects.toMatchObject(denied('dynamodb:Query', `${table}/index/gsi1`));
    await expect(onTable.send(query())).resolves.toMatchObject({ Count: 0 });
    const condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['CUSTOMER#*'] } };
    const onIndex = new DynamoDBClient(
      await aws.as('on-index', allow('dynamodb:Query', `${table}/index/*`, condition)),
    );
    await expect(onIndex.send(query('gsi1'))).resolves.toMatchObject({ Count: 0 });
  });

  it('in a transaction needs the underlying actions, each with its own leading key', async () => {
    const put = (pk: string) => ({ Put: { TableName: 'orders', Item: { pk: { S: pk } } } });
    const write = (...keys: readonly string[]) => new TransactWriteItemsCommand({ TransactItems: keys.map(put) });
    const dynamodb = new DynamoDBClient(
      await aws.as('transactions', [
        ...allow('dynamodb:PutItem', table, {
          'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ORDER#*'] },
        }),
        ...allow('dynamodb:GetItem', table),
      ]),
    );
    await expect(dynamodb.send(write('ORDER#1', 'ORDER#2'))).resolves.toBeDefined();
    await expect(dynamodb.send(write('ORDER#3', 'USER#1'))).rejects.toMatchObject(denied('dynamodb:PutItem', table));
    const plain = new PutItemCommand({ TableName: 'orders', Item: { pk: { S: 'ORDER#4' } } });
    await expect(dynamodb.send(plain)).rejects.toMatchObject(denied('dynamodb:PutItem', table));
    const read = { Get: { TableName: 'orders', Key: { pk: { S: 'ORDER#1' } } } };
    await expect(dynamodb.send(new TransactGetItemsCommand({ TransactItems: [read] }))).resolves.toBeDefined();
    const batch = new BatchGetItemCommand({ RequestItems: { orders: { Keys: [{ pk: { S: 'ORDER#1' } }] } } });
    await expect(dynamodb.send(batch)).rejects.toMatchObject(denied('dynamodb:BatchGetItem', table));
    const check = {
      ConditionCheck: { TableName: 'orders', Key: { pk: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(pk)' },
    };
    const checking = dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [check] }));
    await expect(checking).rejects.toMatchObject(denied('dynamodb:ConditionCheckItem', table));
  });

  it('in PartiQL needs the action of its verb', async () => {
    const dynamodb = new DynamoDBClient(await aws.as('partiql', allow('dynamodb:PartiQLSelect', table)));
    const run = (Statement: string) => dynamodb.send(new ExecuteStatementCommand({ Statement }));
    await expect(run('SELECT * FROM "orders"')).resolves.toBeDefined();
    const inserting = run(`INSERT INTO "orders" VALUE {'pk': 'x'}`);
    await expect(inserting).rejects.toMatchObject(denied('dynamodb:PartiQLInsert', table));
    const queried = run(`SELECT * FROM "orders"."gsi1" WHERE customer = 'c'`);
    await expect(queried).rejects.toMatchObject(denied('dynamodb:PartiQLSelect', `${table}/index/gsi1`));
  });

  it('to a queue is allowed by the role or by the queue', async () => {
    const jobs = arn('sqs', 'jobs');
    const QueueUrl = `${aws.clientConfig.endpoint}/000000000000/jobs`;
    const config = await aws.as('sender', []);
    const sqs = new SQSClient(config);
    const send = () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }));
    await expect(send()).rejects.toMatchObject({
      ...denied('sqs:sendmessage', jobs),
      $metadata: { httpStatusCode: 400 },
    });
    await aws.create('AWS::SQS::QueuePolicy', 'Policy', {
      Queues: [QueueUrl],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::000000000000:role/sender' },
            Action: 'sqs:SendMessage',
            Resource: jobs,
          },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: jobs,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    });
    await expect(send()).resolves.toBeDefined();
    const batch = new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'm' }] });
    await expect(sqs.send(batch)).resolves.toBeDefined();
    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toMatchObject(
      denied('sqs:receivemessage', jobs),
    );
  });

  it('that puts events is refused for one source that is not its own', async () => {
    const bus = arn('events', 'event-bus/main');
    const own = { StringEquals: { 'events:source': 'orders' } };
    const events = new EventBridgeClient(await aws.as('relay', allow('events:PutEvents', bus, own)));
    const put = (...sources: readonly string[]) =>
      events.send(
        new PutEventsCommand({
          Entries: sources.map((Source) => ({ Source, EventBusName: 'main', DetailType: 'OrderPlaced', Detail: '{}' })),
        }),
      );
    await expect(put('orders')).resolves.toMatchObject({ FailedEntryCount: 0 });
    await expect(put('orders', 'payments')).rejects.toMatchObject(denied('events:PutEvents', bus));
  });

  it('to Cloud Map is held to names and tags', async () => {
    const services = arn('servicediscovery', 'service/*');
    const role = await aws.as('registry', [
      ...allow('servicediscovery:DiscoverInstances', '*', {
        StringEquals: { 'servicediscovery:ServiceName': 'catalog' },
      }),
      ...allow('servicediscovery:RegisterInstance', services, { StringEquals: { 'aws:ResourceTag/system': 'shop' } }),
    ]);
    const cloudMap = new ServiceDiscoveryClient({ ...role, disableHostPrefix: true });
    const discover = (ServiceName: string) =>
      cloudMap.send(new DiscoverInstancesCommand({ NamespaceName: 'shop', ServiceName }));
    await expect(discover('catalog')).resolves.toMatchObject({ Instances: [] });
    await expect(discover('orders')).rejects.toMatchObject(denied('servicediscovery:DiscoverInstances', '*'));
    const register = cloudMap.send(
      new RegisterInstanceCommand({ ServiceId: serviceId, InstanceId: 'i', Attributes: { a: 'b' } }),
    );
    const resource = arn('servicediscovery', `service/${serviceId}`);
    await expect(register).rejects.toMatchObject(denied('servicediscovery:RegisterInstance', resource));
  });

  it('to Parameter Store names the parameter', async () => {
    const ssm = new SSMClient(await aws.as('reader', allow('ssm:GetParameter', arn('ssm', 'parameter/shop/*'))));
    await expect(ssm.send(new GetParameterCommand({ Name: '/shop/url' }))).resolves.toMatchObject({
      Parameter: { Value: 'here' },
    });
    const other = ssm.send(new GetParameterCommand({ Name: '/bank/url' }));
    await expect(other).rejects.toMatchObject(denied('ssm:GetParameter', arn('ssm', 'parameter/bank/url')));
  });

  it('is not asked of an operator, nor of a role that the assembly does not hold', async () => {
    const asOperator = new SSMClient(aws.clientConfig);
    await expect(asOperator.send(new GetParameterCommand({ Name: '/shop/url' }))).resolves.toBeDefined();
    const credentials = aws.world.credentials.issue({ principal: 'arn:aws:iam::000000000000:role/elsewhere' });
    const elsewhere = new SSMClient({ ...aws.clientConfig, credentials });
    await expect(elsewhere.send(new GetParameterCommand({ Name: '/shop/url' }))).resolves.toBeDefined();
  });
});

describe('a delivery of EventBridge', () => {
  const rule = (logicalId: string, targetArn: string) =>
    aws.create('AWS::Events::Rule', logicalId, {
      Name: logicalId,
      EventBusName: 'main',
      EventPattern: { source: [logicalId] },
      Targets: [{ Id: 'queue', Arn: targetArn, RetryPolicy: { MaximumRetryAttempts: 0 } }],
    });

  it('reaches a queue only if the policy of the queue lets the rule in', async () => {
    const open = await aws.create('AWS::SQS::Queue', 'Open', { QueueName: 'open' });
    await aws.create('AWS::SQS::Queue', 'Closed', { QueueName: 'closed' });
    const { attributes } = await rule('let-in', arn('sqs', 'open'));
    await rule('kept-out', arn('sqs', 'closed'));
    await aws.create('AWS::SQS::QueuePolicy', 'OpenPolicy', {
      Queues: [open.ref],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: arn('sqs', 'open'),
            Condition: { ArnEquals: { 'aws:SourceArn': attributes.Arn ?? '' } },
          },
        ],
      },
    });
    const events = new EventBridgeClient(aws.clientConfig);
    const entry = (Source: string) => ({ Source, EventBusName: 'main', DetailType: 'd', Detail: '{}' });
    await events.send(new PutEventsCommand({ Entries: [entry('let-in'), entry('kept-out')] }));
    await aws.advance(1_000);
    const deliveries = aws.world.journal.read('deliveries').filter(({ what }) => what === '1 event');
    expect(deliveries.map(({ target, outcome }) => [target, outcome]).sort()).toEqual([
      [arn('sqs', 'closed'), 'dropped'],
      [arn('sqs', 'open'), 'delivered'],
    ]);
    const error = deliveries.find(({ outcome }) => outcome === 'dropped')?.error;
    expect(error).toBe(
      `User: events.amazonaws.com is not authorized to perform: sqs:sendmessage on resource: ${arn('sqs', 'closed')} because no resource-based policy allows the sqs:sendmessage action`,
    );
  });
});

describe('what was used', () => {
  it('is told from what is only allowed, and from what was refused', async () => {
    const config = await aws.as(
      'user-of-some',
      allow(['ssm:GetParameter', 'ssm:PutParameter'], arn('ssm', 'parameter/shop/*')),
    );
    const ssm = new SSMClient(config);
    await ssm.send(new GetParameterCommand({ Name: '/shop/url' }));
    await expect(ssm.send(new GetParameterCommand({ Name: '/bank/url' }))).rejects.toThrow('not authorized');
    const [usage] = aws.access.usage().filter((holder) => holder.arn.endsWith(':role/user-of-some'));
    expect(usage).toMatchObject({
      grants: [
        { action: 'ssm:GetParameter', used: true },
        { action: 'ssm:PutParameter', used: false },
      ],
      used: [{ action: 'ssm:GetParameter', resource: arn('ssm', 'parameter/shop/url') }],
      denied: [{ action: 'ssm:GetParameter', resource: arn('ssm', 'parameter/bank/url') }],
    });
  });
});
