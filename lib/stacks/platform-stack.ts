import { CfnOutput } from 'aws-cdk-lib';
import { CfnArchive, EventBus } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { HttpNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { alarmTopicName, busName, namespaceName, peopleParameter } from '../config/names.ts';
import { Identity } from './platform/identity.ts';
import { scopesOfApis } from './platform/scopes.ts';
import { ServiceStack, type ServiceStackProps } from './service-stack.ts';
import { apisOf } from './stage-services.ts';

/** What services meet at: the bus, the registry's namespace, identity and the topic that alarms reach. */
export class PlatformStack extends ServiceStack {
  readonly namespaceId: string;
  readonly identity: Identity;

  constructor(scope: Construct, props: ServiceStackProps) {
    super(scope, 'platform', props);
    const { prefix, data } = props.stage;

    const bus = new EventBus(this, 'Bus', { eventBusName: busName(prefix) });
    if (data.archiveDays !== 'no archive') {
      new CfnArchive(this, 'Archive', {
        archiveName: busName(prefix),
        sourceArn: bus.eventBusArn,
        retentionDays: data.archiveDays,
      });
    }
    this.namespaceId = new HttpNamespace(this, 'Namespace', { name: namespaceName(prefix) }).namespaceId;
    this.identity = new Identity(this, 'Identity', { owner: this.owner, scopes: scopesOfApis(apisOf(props.stage)) });

    const { issuer, clientId } = this.identity;
    new CfnParameter(this, 'People', {
      name: peopleParameter(prefix),
      type: 'StringList',
      value: `${issuer},${clientId}`,
    });

    const alarms = new Topic(this, 'Alarms', { topicName: alarmTopicName(prefix), enforceSSL: true });
    alarms.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    new CfnOutput(this, 'AlarmTopicArn', {
      value: alarms.topicArn,
      description: 'Subscribe whoever is on call to it.',
    });
  }
}
