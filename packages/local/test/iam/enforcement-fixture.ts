import type { JsonObject } from '../../src/core/json.ts';
import { createAccess } from '../../src/iam/create-access.ts';
import { createCognitoService } from '../../src/services/cognito/service.ts';
import { createDynamoDbService } from '../../src/services/dynamodb/service.ts';
import { createEventBridgeService } from '../../src/services/events/service.ts';
import { createIamService } from '../../src/services/iam/service.ts';
import { createSchedulerService } from '../../src/services/scheduler/service.ts';
import { createServiceDiscoveryService } from '../../src/services/servicediscovery/service.ts';
import { createSqsService } from '../../src/services/sqs/service.ts';
import { createSsmService } from '../../src/services/ssm/service.ts';
import { createXRayService } from '../../src/services/xray/service.ts';
import { emulateAws, STARTED_AT_MS } from '../../src/testing/emulated-aws.ts';

const PLACE = { account: '000000000000', region: 'us-east-1', partition: 'aws' };

/** `arn:aws:sqs:us-east-1:000000000000:jobs` */
export const arn = (service: string, path: string): string => `arn:aws:${service}:us-east-1:000000000000:${path}`;

/** Services that ask what policies allow. */
export const enforcedAws = async () => {
  const access = createAccess(PLACE, () => STARTED_AT_MS);
  const aws = await emulateAws(
    (world) => [
      createIamService(world),
      createSqsService(world),
      createEventBridgeService(world),
      createSchedulerService(world),
      createSsmService(world),
      createServiceDiscoveryService(world),
      createDynamoDbService(world),
      createCognitoService(world),
      createXRayService(world, { datagrams: false }),
    ],
    access,
  );

  /** A client's configuration with the credentials of a role that has these statements. */
  const as = async (roleName: string, statements: readonly JsonObject[]) => {
    await aws.create('AWS::IAM::Role', roleName, { RoleName: roleName });
    await aws.create('AWS::IAM::Policy', `${roleName}Policy`, {
      Roles: [roleName],
      PolicyDocument: { Version: '2012-10-17', Statement: statements },
    });
    const principal = `arn:aws:iam::000000000000:role/${roleName}`;
    const credentials = aws.world.credentials.issue({ principal, functionName: roleName });
    return { ...aws.clientConfig, credentials, maxAttempts: 1 };
  };

  return { ...aws, access, as };
};

export type EnforcedAws = Awaited<ReturnType<typeof enforcedAws>>;
