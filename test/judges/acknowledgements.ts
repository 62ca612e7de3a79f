import type { RouteContract } from '../../functions/kernel/messages/contract.ts';
import { paymentProviderApi } from '../../functions/payment-provider/api.contract.ts';
import { stageNamed, stageNames, tasksOf } from '../../lib/config/stages.ts';
import { apis } from '../../lib/stacks/apis.ts';
import { containerServices } from '../../lib/stacks/stage-services.ts';

/** Why findings of one rule stand. */
export interface Acknowledgement {
  /** As cdk-nag names it, with `<stage>-` for what the names of the stage's resources start with. */
  readonly rule: string;
  /** Paths of constructs without what stacks' names start with; `*` is one part of a path. Each must still be found. */
  readonly at: readonly string[];
  /** Only in these stages; everywhere when absent. */
  readonly stages?: readonly string[];
  readonly reason: string;
}

/** The registry's functions that change instances in Cloud Map. */
const KEEP_INSTANCES = ['register-instance', 'heartbeat', 'deregister-instance', 'sweep', 'reconcile'];

const policiesOf = (service: string, ...functions: readonly string[]): readonly string[] =>
  functions.map((name) => `${service}/${name}/Role/DefaultPolicy/Resource`);

const routesOf = (service: string, routes: readonly (readonly [string, RouteContract])[]): readonly string[] =>
  routes.flatMap(([name, { method }]) =>
    [...(method === 'GET' ? ['CurrentHead', 'V1Head'] : []), 'Current', 'V1'].map(
      (id) => `${service}/Routes/${name}/${id}Route`,
    ),
  );

const arn = (service: string): string => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>`;

/** Routes that ask for no token, as the contracts say. */
const publicRoutes = apis.flatMap(({ service, routes }) => {
  const open = Object.entries(routes).filter(([, { access }]) => access === 'public');
  return routesOf(service, open);
});

/** Those that have tasks of one of the services. */
const stagesWith = (services: readonly string[]): readonly string[] =>
  stageNames.filter((name) => services.some((service) => tasksOf(stageNamed(name), service) !== 'off'));

const WILDCARD = 'AwsSolutions-IAM5[Resource::*]';
const TRACE = 'AWS X-Ray knows no resource for what a function sends it, and every function is traced.';
const LIST = 'Cloud Map knows neither resource nor condition for its lists, which hold names and ids.';
const DEAD_LETTERS =
  'It is a dead-letter queue itself, with an alarm; the rule recognizes those of queues and functions only.';

/** What Lambda does with a function's role to attach it to a VPC. */
const ATTACHING = [
  'AssignPrivateIpAddresses',
  'CreateNetworkInterface',
  'DeleteNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'UnassignPrivateIpAddresses',
];

/** What is found of a service in containers: its tasks, and the functions of its routes, which ask them in the VPC. */
const ofTasks = (service: string): readonly Acknowledgement[] => {
  const stages = stagesWith([service]);
  const asking = apis.filter((api) => api.service === service).flatMap(({ routes }) => Object.keys(routes));
  return [
    ...ATTACHING.map((action) => ({
      rule: `${WILDCARD} ec2:${action}`,
      at: policiesOf(service, ...asking),
      stages,
      reason:
        'Lambda asks for it on every resource to attach a function to a VPC; the code in the function is denied it.',
    })),
    {
      rule: `${WILDCARD} ecr:GetAuthorizationToken`,
      at: [`${service}/Tasks/ExecutionRole/DefaultPolicy/Resource`],
      stages,
      reason: 'ECR knows no resource for it: a token is for all that the role may pull, which is one repository.',
    },
    {
      rule: 'AwsSolutions-ECS2',
      at: [`${service}/Tasks/Task/Resource`],
      stages,
      reason: 'They are names and numbers; a task is given no secret.',
    },
  ];
};

/** Everything that cdk-nag's AwsSolutions pack finds and that is meant to be so. */
export const acknowledgements: readonly Acknowledgement[] = [
  { rule: `${WILDCARD} xray:PutTraceSegments`, at: policiesOf('*', '*'), reason: TRACE },
  { rule: `${WILDCARD} xray:PutTelemetryRecords`, at: policiesOf('*', '*'), reason: TRACE },
  {
    rule: `${WILDCARD} servicediscovery:DiscoverInstances`,
    at: [
      ...policiesOf('gateway', 'health-ready'),
      ...policiesOf('orders', 'place-order'),
      ...policiesOf('registry', 'get-service', 'list-services', ...KEEP_INSTANCES),
    ],
    reason: 'Cloud Map knows no resource for it; a condition confines it to the namespace of the stage.',
  },
  {
    rule: `${WILDCARD} servicediscovery:ListNamespaces`,
    at: policiesOf('registry', 'list-services', ...KEEP_INSTANCES),
    reason: LIST,
  },
  {
    rule: `${WILDCARD} servicediscovery:ListServices`,
    at: policiesOf('registry', 'list-services', ...KEEP_INSTANCES),
    reason: LIST,
  },
  {
    rule: `AwsSolutions-IAM5[Resource::${arn('servicediscovery')}:service/*]`,
    at: policiesOf('registry', ...KEEP_INSTANCES),
    reason: 'Ids of Cloud Map services are not known by name; a condition demands the tag of the stage.',
  },
  ...apis.map(({ service }) => ({
    rule: `AwsSolutions-IAM5[Resource::${arn('lambda')}:function:<stage>-${service}-*]`,
    at: policiesOf(service, 'Rollouts'),
    stages: ['prod'],
    reason: 'CodeDeploy shifts the aliases of all functions of this one service.',
  })),
  {
    rule: `AwsSolutions-IAM5[Resource::${arn('cloudwatch')}:alarm:*]`,
    at: policiesOf('*', 'Rollouts'),
    stages: ['prod'],
    reason: 'CloudWatch allows DescribeAlarms for every alarm of an account and region, or for none.',
  },
  {
    rule: `AwsSolutions-IAM5[Resource::${arn('lambda')}:function:<stage>-*]`,
    at: policiesOf('gateway', 'check-deployment'),
    stages: ['prod'],
    reason: 'One hook invokes the new version of whichever function of the stage is being deployed.',
  },
  {
    rule: `AwsSolutions-IAM5[Resource::${arn('codedeploy')}:deploymentgroup:<stage>-*/<stage>-*]`,
    at: policiesOf('gateway', 'check-deployment'),
    stages: ['prod'],
    reason: 'One hook reports on whichever deployment of the stage asks for it.',
  },
  ...containerServices.flatMap(ofTasks),
  {
    rule: 'AwsSolutions-ECS4',
    at: ['network/Cluster/Resource'],
    stages: stagesWith(containerServices),
    reason:
      'Container Insights costs more than a task; tasks record what is asked of them, and ECS its processor and memory.',
  },
  {
    rule: 'AwsSolutions-VPC7',
    at: ['network/Vpc/Resource'],
    stages: stagesWith(containerServices),
    reason: 'Every call is a line of its own in the logs of both sides; flow logs would cost more than the tasks.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    at: ['*/Outbox/Stream/Lost/Queue/Resource', 'orders/Projection/Stream/Lost/Queue/Resource'],
    reason: `Stream records that failed for good go there. ${DEAD_LETTERS}`,
  },
  {
    rule: 'AwsSolutions-SQS3',
    at: ['*/*/Undelivered/Queue/Resource'],
    reason: `Events that the bus could not hand to a subscriber go there. ${DEAD_LETTERS}`,
  },
  {
    rule: 'AwsSolutions-SQS3',
    at: [
      'registry/SweepSchedule/Missed/Queue/Resource',
      'registry/ReconcileSchedule/Missed/Queue/Resource',
      'orders/OpenOrders/Schedule/Missed/Queue/Resource',
      'orders/KeptView/Schedule/Missed/Queue/Resource',
      '*/Outbox/Resend/Missed/Queue/Resource',
    ],
    reason: `Runs that the schedule could not start go there. ${DEAD_LETTERS}`,
  },
  {
    rule: 'AwsSolutions-APIG4',
    at: publicRoutes,
    reason: 'Their contract says `public`: anyone may see what is sold, the health, and the description of the API.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    at: ['gateway/Http/DefaultRoute'],
    reason: 'It answers what no route takes, with 404 or 405; it shows no data.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    at: routesOf('payment-provider', Object.entries(paymentProviderApi.routes)),
    stages: ['dev', 'emulator'],
    reason: 'The stand-in for an outside company: it moves no money and is in no production stage.',
  },
  {
    rule: 'AwsSolutions-DDB3',
    at: ['*/Table/Table/Resource', 'orders/Events/Table/Resource', 'orders/Views/Table/Resource'],
    stages: ['dev', 'emulator'],
    reason: 'The data of an ephemeral stage goes with its stack; prod can be restored to any second of 35 days.',
  },
  {
    rule: 'AwsSolutions-DDB3',
    at: ['orders/Secrets/Table/Resource'],
    reason: 'A payment token that is deleted must be gone; a backup would keep it for 35 days.',
  },
  {
    rule: 'AwsSolutions-COG2',
    at: ['platform/Identity/Pool/Resource'],
    reason: 'Customers are not made to use a second factor; staff belong in a directory that demands one.',
  },
  {
    rule: 'AwsSolutions-COG8',
    at: ['platform/Identity/Pool/Resource'],
    reason: 'Threat protection of the Plus plan is billed by active user: a decision of whoever runs the system.',
  },
];
