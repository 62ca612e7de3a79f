import { join } from 'node:path';
import {
  App,
  aws_apigatewayv2 as apigw,
  aws_dynamodb as dynamodb,
  aws_events as events,
  aws_apigatewayv2_integrations as integrations,
  aws_lambda as lambda,
  Stack,
  aws_sns as sns,
  aws_lambda_event_sources as sources,
  aws_sqs as sqs,
  aws_events_targets as targets,
} from 'aws-cdk-lib';

const code = lambda.Code.fromAsset(join(import.meta.dirname, 'code'));
const runtime = lambda.Runtime.NODEJS_24_X;

const app = new App();

/** Somebody else's taste: one stack for the data, default names, no aliases, no stages, no namespaces. */
const data = new Stack(app, 'GuestbookData');
const entries = new dynamodb.Table(data, 'Entries', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
  stream: dynamodb.StreamViewType.NEW_IMAGE,
});
new sns.Topic(data, 'Moderators');

const web = new Stack(app, 'GuestbookWeb');
const bus = new events.EventBus(web, 'Bus');
const inbox = new sqs.Queue(web, 'Inbox');

const write = new lambda.Function(web, 'Write', {
  runtime,
  code,
  handler: 'write.handler',
  environment: { ENTRIES: entries.tableName },
});
entries.grantReadWriteData(write);

const announce = new lambda.Function(web, 'Announce', {
  runtime,
  code,
  handler: 'announce.handler',
  environment: { BUS: bus.eventBusName },
});
announce.addEventSource(
  new sources.DynamoEventSource(entries, { startingPosition: lambda.StartingPosition.TRIM_HORIZON, batchSize: 10 }),
);
bus.grantPutEventsTo(announce);

new events.Rule(web, 'Signed', {
  eventBus: bus,
  eventPattern: { source: ['guestbook'], detailType: ['signed'] },
  targets: [new targets.SqsQueue(inbox)],
});

const thank = new lambda.Function(web, 'Thank', {
  runtime,
  code,
  handler: 'thank.handler',
  environment: { ENTRIES: entries.tableName },
});
thank.addEventSource(new sources.SqsEventSource(inbox));
entries.grantReadWriteData(thank);

const api = new apigw.HttpApi(web, 'Api');
api.addRoutes({
  path: '/entries',
  methods: [apigw.HttpMethod.POST],
  integration: new integrations.HttpLambdaIntegration('Post', write),
});
api.addRoutes({
  path: '/entries/{id}',
  methods: [apigw.HttpMethod.GET],
  integration: new integrations.HttpLambdaIntegration('Get', write),
});

app.synth();
