import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { errorFields } from '../error-fields.ts';
import { recordFailures } from '../failures.ts';
import { exchangeOf, type HttpEvent } from './exchange.ts';
import { DEFECT_STATUS } from './status.ts';

/** One line a request, and a measure when it failed; neither the principal nor the body. */
export const recordRequest = (
  event: HttpEvent,
  answer: APIGatewayProxyStructuredResultV2 | null | undefined,
  thrown: unknown,
  { clock, metrics }: Pick<Runtime, 'clock' | 'metrics'>,
): void => {
  const { startedMs, log } = exchangeOf(event);
  const status = answer?.statusCode ?? DEFECT_STATUS;
  const ms = clock.now() - startedMs;
  const failed = status >= DEFECT_STATUS;
  const fields = { status, ms, ...(thrown ? errorFields(thrown) : {}) };
  if (failed) log.error('request failed', fields);
  else log.info('request', fields);
  recordFailures(metrics, failed ? 1 : 0, [thrown]);
};
