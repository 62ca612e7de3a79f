import { refuse, templateValues } from '../../../assembly/values.ts';
import type { Resource } from '../../../core/emulated-service.ts';
import { type CorsSettings, readCors } from '../../../http/cors.ts';
import { parseFunctionAddress } from '../state/function-address.ts';

export interface UrlConfig {
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly authType: 'AWS_IAM' | 'NONE';
  readonly cors: CorsSettings | undefined;
}

const corsOf = (resource: Resource): CorsSettings | undefined => {
  const given = templateValues(resource).object('Cors');
  if (Object.keys(given).length === 0) return undefined;
  return readCors(templateValues(resource, given));
};

export const readUrlConfig = (resource: Resource): UrlConfig => {
  const values = templateValues(resource);
  const authType = values.requiredText('AuthType');
  if (authType !== 'AWS_IAM' && authType !== 'NONE')
    throw refuse(resource, `AuthType is ${authType}`, 'choose AWS_IAM or NONE');
  const invokeMode = values.text('InvokeMode') ?? 'BUFFERED';
  if (invokeMode !== 'BUFFERED') throw refuse(resource, `InvokeMode ${invokeMode} is not emulated`, 'use BUFFERED');
  const address = parseFunctionAddress(values.requiredText('TargetFunctionArn'), values.text('Qualifier'));
  return { functionName: address.name, qualifier: address.qualifier, authType, cors: corsOf(resource) };
};
