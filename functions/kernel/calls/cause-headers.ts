import type { Cause } from '../messages/message.ts';
import { xrayOfTraceparent } from '../ports/trace-context.ts';

/** What a call to another party carries of its cause, so that both sides' logs and traces can be put together. */
export const causeHeaders = ({ correlationId, traceparent }: Cause): Record<string, string> => {
  const trace = xrayOfTraceparent(traceparent);
  return {
    'x-correlation-id': correlationId,
    ...(traceparent === undefined ? {} : { traceparent }),
    // AWS's gateways read this one only.
    ...(trace === undefined ? {} : { 'x-amzn-trace-id': trace }),
  };
};
