import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `hang` never answers; `drop` closes the connection after the request. */
export type ScriptedAnswer = ScriptedReply | 'hang' | 'drop';

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  /** In the order in which they came. */
  readonly requests: ReceivedRequest[];
}

/** A server that answers the n-th request with the n-th answer, and with the last one from then on: for faults on cue. */
export const startScriptedServer = async (...answers: readonly ScriptedAnswer[]): Promise<ScriptedServer> => {
  const requests: ReceivedRequest[] = [];
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    const { method = '', url = '', headers } = request;
    requests.push({ method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') });
    if (answer === 'drop') request.socket.destroy();
    else if (answer !== undefined && answer !== 'hang')
      response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((request, response) => void answerTo(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
