import type { EmulatedService } from '../core/emulated-service.ts';
import type { World } from '../core/world.ts';
import { createHttpApiService } from '../services/apigateway/service.ts';
import { createAutoScalingService } from '../services/application-autoscaling/service.ts';
import { createCognitoService } from '../services/cognito/service.ts';
import { createDynamoDbService } from '../services/dynamodb/service.ts';
import type { ContentionOptions } from '../services/dynamodb/state/contention.ts';
import { createEc2Service } from '../services/ec2/service.ts';
import { createEcsService, type TaskMode } from '../services/ecs/service.ts';
import { createEventBridgeService } from '../services/events/service.ts';
import { createIamService } from '../services/iam/service.ts';
import { type CreatePool, createLambdaService } from '../services/lambda/service.ts';
import { createNameOnlyService } from '../services/name-only/service.ts';
import { createSchedulerService } from '../services/scheduler/service.ts';
import { createServiceDiscoveryService } from '../services/servicediscovery/service.ts';
import { createSqsService } from '../services/sqs/service.ts';
import { createSsmService } from '../services/ssm/service.ts';
import { createXRayService } from '../services/xray/service.ts';

export interface ServiceOptions {
  /** Where the main HTTP API should listen; 0 = any free port. */
  readonly preferredPort: number;
  /** What runs invocations; see LambdaOptions. */
  readonly createPool?: CreatePool;
  /** Whether functions reach the X-Ray daemon; under simulation no datagram leaves them. */
  readonly datagrams?: boolean;
  /** How tasks of containers run; default as processes. */
  readonly tasks?: TaskMode;
  /** How transactions of DynamoDB conflict. */
  readonly contention?: ContentionOptions;
  /** Whether the journal says what calls of DynamoDB consume. */
  readonly metered?: boolean;
}

export type CreateServices = (world: World, options: ServiceOptions) => readonly EmulatedService[];

/** Every AWS service that is emulated, in the order in which they start: the daemon that functions report to comes first. */
export const createServices: CreateServices = (world, options) => {
  const { preferredPort, createPool, datagrams = true, tasks = 'processes' } = options;
  const { contention = { conflicts: true }, metered = false } = options;
  const xray = createXRayService(world, { datagrams });
  const environment = () => ({ AWS_XRAY_DAEMON_ADDRESS: xray.daemonAddress() });
  return [
    xray,
    createNameOnlyService(world),
    createIamService(world),
    createCognitoService(world),
    createServiceDiscoveryService(world),
    createDynamoDbService(world, { ...contention, metered }),
    createSqsService(world),
    createSsmService(world),
    createEventBridgeService(world),
    createSchedulerService(world),
    createLambdaService(world, {
      environment,
      onSegment: xray.put,
      onLostSegment: xray.lose,
      ...(createPool && { createPool }),
    }),
    createHttpApiService(world, { preferredPort }),
    createEc2Service(world),
    createEcsService(world, { environment, tasks }),
    createAutoScalingService(world),
  ];
};
