import { objectOf, textOf } from '../../../assembly/values.ts';
import { AwsError } from '../../../core/aws-call.ts';
import { isList, isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { deadLetterArnOf, type RetryPolicy, retryPolicyOf } from '../../../delivery/retry-policy.ts';

/** The same shape in a template and in PutTargets. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly input: TargetInput;
  readonly retry: RetryPolicy;
  readonly deadLetterArn?: string;
  /** As given, for ListTargetsByRule. */
  readonly given: JsonObject;
}

export type TargetInput =
  | { readonly kind: 'event' }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'template'; readonly paths: Readonly<Record<string, string>>; readonly template: string };

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly enabled: boolean;
  readonly pattern?: JsonObject;
  readonly scheduleExpression?: string;
  readonly description?: string;
  readonly roleArn?: string;
  readonly targets: ReadonlyMap<string, Target>;
}

const inputOf = ({ Input, InputPath, InputTransformer }: JsonObject): TargetInput => {
  const given = [Input, InputPath, InputTransformer].filter((value) => value !== undefined);
  if (given.length > 1)
    throw new AwsError('ValidationException', 'Only one of Input, InputPath, or InputTransformer must be provided');
  if (typeof Input === 'string') return { kind: 'constant', text: Input };
  if (typeof InputPath === 'string') return { kind: 'path', path: InputPath };
  if (!isObject(InputTransformer)) return { kind: 'event' };
  const paths = Object.entries(objectOf(InputTransformer.InputPathsMap)).map(([name, path]) => [name, String(path)]);
  return { kind: 'template', paths: Object.fromEntries(paths), template: textOf(InputTransformer.InputTemplate) ?? '' };
};

const targetOf = (given: JsonObject): Target => {
  const id = textOf(given.Id);
  const arn = textOf(given.Arn);
  if (!id || !arn) throw new AwsError('ValidationException', 'a target has an Id and an Arn');
  const deadLetterArn = deadLetterArnOf(given.DeadLetterConfig);
  return {
    id,
    arn,
    input: inputOf(given),
    retry: retryPolicyOf(given.RetryPolicy),
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    given,
  };
};

export const targetsOf = (value: Json | undefined): ReadonlyMap<string, Target> => {
  const targets = (isList(value) ? value : []).filter(isObject).map(targetOf);
  return new Map(targets.map((target) => [target.id, target]));
};
