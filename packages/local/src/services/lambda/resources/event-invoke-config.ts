import { refuse, templateValues } from '../../../assembly/values.ts';
import type { ResourceType } from '../../../core/emulated-service.ts';
import { isObject } from '../../../core/json.ts';
import { parseFunctionAddress } from '../state/function-address.ts';
import { LATEST } from '../state/function-directory.ts';

export interface AsyncSettings {
  readonly maxRetries: number;
  readonly maxAgeMs: number;
  readonly onSuccessArn: string | undefined;
  readonly onFailureArn: string | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const DEFAULT_ASYNC_SETTINGS: AsyncSettings = {
  maxRetries: 2,
  maxAgeMs: 6 * 3_600_000,
  onSuccessArn: undefined,
  onFailureArn: undefined,
};

const destinationOf = (config: unknown): string | undefined =>
  isObject(config) && typeof config.Destination === 'string' ? config.Destination : undefined;

/** AWS::Lambda::EventInvokeConfig, kept under `<function>:<qualifier>`. */
export const eventInvokeConfigType = (settings: Map<string, AsyncSettings>): ResourceType => ({
  type: 'AWS::Lambda::EventInvokeConfig',
  honoured: ['FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'],
  identify: ({ stack, logicalId }) => ({ ref: `${stack}-${logicalId}`, attributes: {} }),
  repeatable: true,
  create: (resource) => {
    const values = templateValues(resource);
    const { name } = parseFunctionAddress(values.requiredText('FunctionName'));
    const maxRetries = values.number('MaximumRetryAttempts') ?? DEFAULT_ASYNC_SETTINGS.maxRetries;
    if (maxRetries < 0 || maxRetries > 2) {
      throw refuse(resource, `MaximumRetryAttempts is ${maxRetries}`, 'choose 0, 1 or 2');
    }
    const maxAgeSeconds = values.number('MaximumEventAgeInSeconds');
    const destinations = values.object('DestinationConfig');
    settings.set(`${name}:${values.text('Qualifier') ?? LATEST}`, {
      maxRetries,
      maxAgeMs: maxAgeSeconds === undefined ? DEFAULT_ASYNC_SETTINGS.maxAgeMs : maxAgeSeconds * 1000,
      onSuccessArn: destinationOf(destinations.OnSuccess),
      onFailureArn: destinationOf(destinations.OnFailure),
    });
  },
  remove: (resource) => {
    const values = templateValues(resource);
    const { name } = parseFunctionAddress(values.requiredText('FunctionName'));
    settings.delete(`${name}:${values.text('Qualifier') ?? LATEST}`);
  },
});
