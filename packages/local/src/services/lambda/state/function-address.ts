import { AwsError } from '../../../core/aws-call.ts';

/** How callers name a function: name, partial ARN or ARN, each with or without a qualifier. */
export interface FunctionAddress {
  readonly name: string;
  /** An alias or a version; undefined means `$LATEST`. */
  readonly qualifier?: string;
}

const PATTERN =
  /^(?:arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:|\d{12}:function:|function:)?([\w-]{1,140})(?::([\w$-]{1,128}))?$/;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestSyntax */
export const parseFunctionAddress = (text: string, qualifier?: string): FunctionAddress => {
  const [, name, inline] = PATTERN.exec(text) ?? [];
  if (!name) throw new AwsError('ValidationException', `'${text}' is not a function name or ARN`);
  if (inline && qualifier && inline !== qualifier) {
    throw new AwsError('InvalidParameterValueException', `The qualifiers '${inline}' and '${qualifier}' differ`);
  }
  const named = inline ?? qualifier;
  return named ? { name, qualifier: named } : { name };
};
