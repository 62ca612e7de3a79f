import { type App, Stack, Validations } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';

export interface Finding {
  /** `AwsSolutions-SQS3`; a wildcard resource also names the action: `AwsSolutions-IAM5[Resource::*] xray:PutTraceSegments`. */
  readonly rule: string;
  /** Of the resource's construct, from the root of the app. */
  readonly path: string;
  readonly description: string;
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const WILDCARD = 'AwsSolutions-IAM5[Resource::*]';

const listed = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** The pack says only that a policy has `*` somewhere: an acknowledgement must not cover the next action by accident. */
const wildcardActions = (app: App, path: string): readonly string[] => {
  const policy = app.node.findAll().find((each) => each.node.path === path);
  if (!(policy instanceof CfnPolicy)) return [];
  const document: { readonly Statement: readonly Statement[] } = Stack.of(policy).resolve(policy.policyDocument);
  return document.Statement.filter(({ Resource }) => listed(Resource).includes('*')).flatMap(({ Action }) =>
    listed(Action),
  );
};

/** Synthesizes the app under cdk-nag's AwsSolutions pack and answers everything that the pack finds. */
export const nag = (app: App): readonly Finding[] => {
  const pack = new AwsSolutionsChecks(app);
  const findings: Finding[] = [];
  Validations.of(app).addPlugins({
    name: pack.name,
    validate: (context) => {
      for (const { ruleName, description, violatingResources = [] } of pack.validate(context).violations) {
        for (const { constructPath: path = '' } of violatingResources) {
          const actions = ruleName === WILDCARD ? wildcardActions(app, path) : [];
          if (actions.length === 0) findings.push({ rule: ruleName, path, description });
          for (const action of actions) findings.push({ rule: `${ruleName} ${action}`, path, description });
        }
      }
      // Acknowledgements are weighed by the caller; a failure here would end the synthesis.
      return { success: true, violations: [] };
    },
  });
  app.synth();
  return findings;
};
