import { createSignedTransport } from '../aws/signed-fetch.ts';
import { createContainerCredentials } from './credentials.ts';

const EVERY_MS = 1_000;
/** docs.aws.amazon.com/xray/latest/api/API_PutTraceSegments.html takes 50. */
const TOGETHER = 50;
/** What waits when X-Ray cannot be reached. */
const MOST_WAITING = 1_000;
const TIMEOUT_MS = 5_000;

/**
 * Sends segment documents to X-Ray itself, gathered for a second: in a container there is no daemon beside the code. What
 * cannot be sent is dropped, as by a daemon.
 */
export const createXrayApi = (region: string): ((document: string) => void) => {
  const send = createSignedTransport('xray', createContainerCredentials());
  const url = `https://xray.${region}.amazonaws.com/TraceSegments`;
  const waiting: string[] = [];

  const flush = async (): Promise<void> => {
    const body = JSON.stringify({ TraceSegmentDocuments: waiting.splice(0, TOGETHER) });
    const request = { url, body, headers: { 'content-type': 'application/json' }, timeoutMs: TIMEOUT_MS };
    await send(request).catch(() => undefined);
    if (waiting.length > 0) plan();
  };

  const plan = (): void => {
    setTimeout(() => void flush(), EVERY_MS).unref();
  };

  return (document) => {
    if (waiting.length >= MOST_WAITING) return;
    waiting.push(document);
    if (waiting.length === 1) plan();
  };
};
