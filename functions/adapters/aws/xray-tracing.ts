// The library's main module starts async hooks on load, which every promise of the function would pay for.
import Segment from 'aws-xray-sdk-core/dist/lib/segments/segment.js';
import { traceparentOfXray } from '../../kernel/ports/trace-context.ts';
import type { Tracing } from '../../kernel/ports/tracing.ts';
import { sendToDaemon } from './xray-daemon.ts';

const field = (header: string, name: string): string | undefined => new RegExp(`${name}=([^;]+)`).exec(header)?.[1];

/** Lambda owns the segment and names it in each invocation's header; our spans are its subsegments. */
const lambdaSegment = (functionName: string, header: string): Segment | undefined => {
  const parent = field(header, 'Parent');
  if (parent === undefined || field(header, 'Sampled') !== '1') return undefined;
  const segment = new Segment(functionName, field(header, 'Root'), parent);
  segment.id = parent;
  return segment;
};

/** Sends subsegments, by UDP to the X-Ray daemon (`AWS_XRAY_DAEMON_ADDRESS`) unless said otherwise; a lost one fails nothing. */
export const createXrayTracing = (
  functionName: string,
  header: () => string | undefined = () => process.env._X_AMZN_TRACE_ID,
  send: (document: string) => void = sendToDaemon,
): Tracing => ({
  traceparent: () => traceparentOfXray(header()),
  span: async (name, annotations, run) => {
    const span = lambdaSegment(functionName, header() ?? '')?.addNewSubsegment(name);
    if (span === undefined) return await run();
    for (const [key, value] of Object.entries(annotations)) span.addAnnotation(key, value);
    try {
      const result = await run();
      span.close();
      return result;
    } catch (thrown) {
      span.close(thrown instanceof Error ? thrown : String(thrown));
      throw thrown;
    } finally {
      send(span.format());
    }
  },
});
