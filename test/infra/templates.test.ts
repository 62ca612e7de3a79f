import type { TemplateFile } from '@archipelago/house-rules';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { RouteContract } from '../../functions/kernel/messages/contract.ts';
import { pascalName } from '../../lib/config/names.ts';
import { services } from '../../lib/stacks/services.ts';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates } from '../support/templates.ts';

const SYNTHESIS_MS = 60_000;

let dev: ReadonlyMap<string, TemplateFile>;
let prod: ReadonlyMap<string, TemplateFile>;

beforeAll(async () => {
  dev = await readTemplates(await synthesize('dev'));
  prod = await readTemplates(await synthesize('prod'));
}, SYNTHESIS_MS);

const stack = (name: string, stage: 'dev' | 'prod' = 'dev'): Template =>
  Template.fromJSON({ ...(stage === 'dev' ? dev : prod).get(`archipelago-${stage}-${name}`) });

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: { readonly 'Fn::GetAtt'?: readonly string[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The rows of parked messages, which come and go; a statement confined to them grants nothing on any other row. */
const isOnParkedRows = ({ Condition }: Statement): boolean =>
  JSON.stringify(Condition?.['ForAllValues:StringLike'] ?? {}) ===
  JSON.stringify({ 'dynamodb:LeadingKeys': ['PARKED', 'UNREADABLE'] });

/** Actions that any role of a stack is granted on any row of a table whose logical id starts so. */
const actionsOn = (template: Template, table: string): readonly string[] => {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const statements: Statement[] = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const granted = statements.filter(
    (statement) =>
      String(statement.Resource?.['Fn::GetAtt']?.[0] ?? '').startsWith(table) && !isOnParkedRows(statement),
  );
  return [...new Set(granted.flatMap(({ Action }): string[] => [Action].flat()))].sort();
};

describe('the orders stack', () => {
  it('lets nobody change or delete what is in the event table', () => {
    const actions = actionsOn(stack('orders'), 'EventsTable');
    expect(actions).toContain('dynamodb:PutItem');
    expect(actions).not.toContain('dynamodb:UpdateItem');
    expect(actions).not.toContain('dynamodb:DeleteItem');
  });

  it.each([...Object.keys(services), 'payment-provider'])(
    'confines what writes into the tables of %s to partitions that are named',
    (service) => {
      const policies = Object.values(stack(service).findResources('AWS::IAM::Policy'));
      const writes: Statement[] = policies
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
        .filter(({ Action }) => [Action].flat().includes('dynamodb:PutItem'));
      expect(writes.length).toBeGreaterThan(0);
      for (const { Condition } of writes) {
        const partitions = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
        expect(partitions).not.toContain('*');
        expect([partitions].flat().length).toBeGreaterThan(0);
      }
    },
  );

  it('publishes under its own name only, and sends commands to the queues of those who take them', () => {
    const relay = stack('orders').findResources('AWS::IAM::Policy', {
      Properties: {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: 'events:PutEvents',
              Condition: { StringEquals: { 'events:source': 'orders' } },
            }),
          ]),
        },
      },
    });
    const roles = Object.keys(relay).map((id) => id.replace(/Role.*/, ''));
    expect(roles).toEqual(['relay', 'resend']);
    for (const queue of [
      'catalog-reserve-stock',
      'catalog-release-stock',
      'payments-capture-payment',
      'payments-refund-payment',
      'orders-check-deadline',
    ]) {
      for (const policy of Object.values(relay)) expect(JSON.stringify(policy)).toContain(`:archipelago-dev-${queue}`);
    }
  });

  it('relays rows that say what leaves, projects events, and looks at events that are rewritten', () => {
    const inserts = (kind: string) => ({ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: [kind] } } } });
    const rewrites = { eventName: ['MODIFY', 'REMOVE'], dynamodb: { OldImage: { kind: { S: ['event'] } } } };
    const derived = { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { outbox: { S: ['derived'] } } } };
    const mapped = (...patterns: readonly object[]) => ({
      FilterCriteria: { Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) },
    });
    stack('orders').hasResourceProperties('AWS::Lambda::EventSourceMapping', mapped(derived, inserts('outbox')));
    stack('orders').hasResourceProperties('AWS::Lambda::EventSourceMapping', mapped(inserts('event'), rewrites));
  });

  it('hears of everything that moves an order on', () => {
    stack('orders').hasResourceProperties('AWS::Events::Rule', {
      EventBusName: 'archipelago-dev',
      EventPattern: {
        source: ['catalog', 'payments', 'users'],
        'detail-type': [
          'PaymentCaptured.v1',
          'PaymentDeclined.v1',
          'PaymentRefunded.v1',
          'StockRejected.v1',
          'StockReleased.v1',
          'StockReserved.v1',
          'UserErased.v1',
        ],
      },
    });
  });

  it.each([
    ['orders', 'fulfil'],
    ['notifications', 'notify'],
  ])('hands events of %s straight to %s, and what that fails on to its queue', (service, name) => {
    const fn = `archipelago-dev-${service}-${name}`;
    const template = stack(service);
    const [rule] = Object.values(template.findResources('AWS::Events::Rule', { Properties: { Name: fn } }));
    const target = rule?.Properties.Targets[0].Arn.Ref;
    expect(template.findResources('AWS::Lambda::Alias')[target]?.Properties).toMatchObject({
      FunctionName: { Ref: pascalName(name) },
      Name: 'live',
    });
    const queues = { Properties: { QueueName: `${fn}-events` } };
    const [queue] = Object.keys(template.findResources('AWS::SQS::Queue', queues));
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: fn,
      Qualifier: 'live',
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
    const source = { EventSourceArn: { 'Fn::GetAtt': [queue, 'Arn'] } };
    const [mapping] = Object.values(template.findResources('AWS::Lambda::EventSourceMapping', { Properties: source }));
    expect(JSON.stringify(mapping?.Properties.FunctionName)).toContain(`"${target}"`);
    // The version, the permission and the way of failures are there before the first event is.
    const before = ['AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::Permission'].map(
      (type) => Object.keys(template.findResources(type)).filter((id) => rule?.DependsOn?.includes(id)).length,
    );
    expect(before).toEqual([1, 1]);
  });

  it('lets only the function that places orders ask catalog, through its alias', () => {
    const asking = stack('orders').findResources('AWS::IAM::Policy', {
      Properties: {
        PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'lambda:InvokeFunctionUrl' })]) },
      },
    });
    expect(Object.keys(asking)).toEqual([expect.stringMatching(/^placeorder/)]);
    expect(JSON.stringify(asking)).toContain(':function:archipelago-dev-catalog-internal-api:live');
  });
});

describe('routes', () => {
  it.each(['GET /users/{id}', 'GET /v1/users/{id}'])(
    '%s ask for a scope and become the own path of the service',
    (key) => {
      const users = stack('users');
      users.hasResourceProperties('AWS::ApiGatewayV2::Route', {
        RouteKey: key,
        AuthorizationType: 'JWT',
        AuthorizationScopes: ['users/read'],
      });
      users.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
        RequestParameters: { 'overwrite:path': '/api/users/$request.path.id' },
        PayloadFormatVersion: '2.0',
      });
    },
  );

  it('give a later version a path of its own, and the function of the others', () => {
    const orders = stack('orders');
    const integrations = orders.findResources('AWS::ApiGatewayV2::Integration');
    const uris = Object.values(integrations)
      .filter(({ Properties }) => /^\/api(\/v2)?\/orders$/.test(Properties.RequestParameters['overwrite:path']))
      .map(({ Properties }) => [Properties.RequestParameters['overwrite:path'], Properties.IntegrationUri.Ref]);
    expect(uris).toContainEqual(['/api/v2/orders', expect.stringMatching(/^listordersAlias/)]);
    expect(uris).toContainEqual(['/api/orders', expect.stringMatching(/^listordersAlias/)]);
    for (const key of ['GET /orders', 'GET /v1/orders', 'GET /v2/orders'])
      orders.hasResourceProperties('AWS::ApiGatewayV2::Route', {
        RouteKey: key,
        AuthorizationScopes: ['orders/read'],
      });
  });

  it.each(['GET /products', 'GET /products/{sku}', 'HEAD /products'])('%s are public', (key) => {
    stack('catalog').hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: key, AuthorizationType: 'NONE' });
  });

  it('answer HEAD wherever there is GET, behind the same guard, and nowhere else', () => {
    const routes = Object.values(stack('orders').findResources('AWS::ApiGatewayV2::Route'));
    const guardsOf = (method: string) =>
      routes
        .filter(({ Properties }) => Properties.RouteKey.startsWith(`${method} `))
        .map(({ Properties: { RouteKey, Target, AuthorizationScopes } }) =>
          JSON.stringify([RouteKey.split(' ')[1], Target, AuthorizationScopes]),
        );
    expect(guardsOf('GET').length).toBeGreaterThan(5);
    expect(guardsOf('HEAD').sort()).toEqual(guardsOf('GET').sort());
  });

  it('meet the authorizer of the pool in the platform', () => {
    const [authorizer] = Object.values(stack('gateway').findResources('AWS::ApiGatewayV2::Authorizer'));
    const { Issuer, Audience } = authorizer?.Properties.JwtConfiguration ?? {};
    for (const value of [Issuer, Audience])
      expect(JSON.stringify(value)).toContain('"StackName":"archipelago-dev-platform"');
  });
});

const WITH_SCOPES = Object.entries(services)
  .filter(([, { api }]) => Object.values<RouteContract>(api.routes).some(({ access }) => typeof access !== 'string'))
  .map(([name]) => name);

describe('the platform', () => {
  it.each(WITH_SCOPES)('knows the scopes of %s', (service) => {
    stack('platform').hasResourceProperties('AWS::Cognito::UserPoolResourceServer', {
      Identifier: service,
      Scopes: [Match.objectLike({ ScopeName: 'read' }), Match.objectLike({ ScopeName: 'write' })],
    });
  });
});

describe('stages', () => {
  it('meet nowhere: no template of one names the other', () => {
    expect(JSON.stringify([...prod.values()])).not.toContain('archipelago-dev');
    expect(JSON.stringify([...dev.values()])).not.toContain('archipelago-prod');
  });

  it('keep the stand-in for the payment provider out of production', () => {
    expect([...dev.keys()]).toContain('archipelago-dev-payment-provider');
    expect([...prod.keys()].filter((name) => name.includes('payment-provider'))).toEqual([]);
    expect(JSON.stringify([...prod.values()])).not.toContain('stand-in');
  });

  it('hold back concurrency for consumers in production, and leave an ephemeral stage to the pool', () => {
    const fulfil = { FunctionName: 'archipelago-prod-orders-fulfil', ReservedConcurrentExecutions: 20 };
    stack('orders', 'prod').hasResourceProperties('AWS::Lambda::Function', fulfil);
    stack('orders').hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'archipelago-dev-orders-fulfil',
      ReservedConcurrentExecutions: Match.absent(),
    });
  });
});

describe('every function', () => {
  it('names the folder that its code was bundled into', () => {
    const functions = [...dev.values()].flatMap((file) =>
      Object.values(Template.fromJSON({ ...file }).findResources('AWS::Lambda::Function')),
    );
    expect(functions.length).toBeGreaterThan(0);
    for (const { Properties, Metadata } of functions) {
      const { SERVICE } = Properties.Environment.Variables;
      const name = Properties.FunctionName.slice(`archipelago-dev-${SERVICE}-`.length);
      expect(Metadata['local:bundle']).toBe(`build/${SERVICE}.${name}`);
    }
  });
});
