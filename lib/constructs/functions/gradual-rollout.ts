import { CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { CfnAlias, type IAlias, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ALIAS, deploymentHookName, functionName } from '../../config/names.ts';
import type { Shift } from '../../config/stage.ts';
import type { Owner } from '../owner.ts';
import { RunbookAlarm } from '../runbook-alarm.ts';
import { resourceOf } from './resource-of.ts';
import { RolloutApplication } from './rollout-application.ts';

/** Requests have a caller who waits; messages come from a queue, a stream or a schedule. */
export type Traffic = 'requests' | 'messages';

export interface GradualRolloutProps {
  readonly owner: Owner;
  /** The function's name, without prefix and service. */
  readonly name: string;
  readonly fn: LambdaFunction;
  readonly alias: IAlias;
  readonly traffic: Traffic;
  readonly shift: Shift;
}

const ROLL_BACK_ON = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'];

/**
 * A new version gets traffic gradually, and no more once it fails: the alarm looks at what the alias sends to that
 * version alone, so that neither the old version's errors nor its weight hide the new one's.
 */
export class GradualRollout extends Construct {
  constructor(scope: Construct, id: string, { owner, name, fn, alias, traffic, shift }: GradualRolloutProps) {
    super(scope, id);
    const { prefix } = owner.stage;
    const fullName = functionName(prefix, owner.service, name);
    const rollouts = RolloutApplication.of(this, owner);
    const alarm = new RunbookAlarm(this, 'Alarm', {
      owner,
      subject: `${name}-new-version-errors`,
      meaning: `The newest version of ${fullName} fails; while it is being rolled out, it is rolled back.`,
      page: 'new-version-errors',
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: [
        { name: 'FunctionName', value: fullName },
        { name: 'Resource', value: `${fullName}:${ALIAS}` },
        { name: 'ExecutedVersion', value: fn.currentVersion.version },
      ],
      statistic: 'Sum',
      periodSeconds: 60,
      threshold: 1,
    });
    const group = new CfnDeploymentGroup(this, 'Group', {
      applicationName: rollouts.application.ref,
      // The hook learns from it which function is being deployed.
      deploymentGroupName: fullName,
      serviceRoleArn: rollouts.role.roleArn,
      deploymentConfigName: `CodeDeployDefault.${shift}`,
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      autoRollbackConfiguration: { enabled: true, events: ROLL_BACK_ON },
      alarmConfiguration: { enabled: true, alarms: [{ name: alarm.alarmName }] },
    });
    group.node.addDependency(alarm, rollouts);
    const resource = resourceOf(alias, CfnAlias);
    resource.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: {
        applicationName: rollouts.application.ref,
        deploymentGroupName: group.ref,
        ...(traffic === 'requests' ? { beforeAllowTrafficHook: deploymentHookName(prefix) } : {}),
      },
    };
  }
}
