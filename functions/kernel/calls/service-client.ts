import type { QueryContract } from '../messages/contract.ts';
import type { Cause } from '../messages/message.ts';
import type { Secret } from '../values/secret.ts';
import { causeHeaders } from './cause-headers.ts';
import { type Ask, createPeers, type PeerDeps, Unanswered } from './peers.ts';
import { isServerError, type Transport, type TransportResponse } from './transport.ts';

export interface ServiceClientDeps extends PeerDeps {
  readonly transport: Transport;
}

export interface ServiceClient {
  /** Throws Refused `unavailable` when no valid answer can be had in time. */
  ask<Request, Response>(
    contract: QueryContract<Request, Response>,
    request: NoInfer<Request>,
    ask: Ask,
  ): Promise<Response>;
}

const TOO_MANY_REQUESTS = 429;
const OK = 200;

const answered = async (pending: Promise<TransportResponse>): Promise<TransportResponse> => {
  const response = await pending.catch((thrown: unknown) => {
    throw new Unanswered('no response', { cause: thrown });
  });
  const { status } = response;
  if (isServerError(status) || status === TOO_MANY_REQUESTS) throw new Unanswered(`answered ${status}`);
  return response;
};

/** Beside the signature of the service that asks, which takes the header Authorization. */
export const CALLER_HEADER = 'x-caller-token';

const headersOf = (cause: Cause, caller: Secret | undefined): Record<string, string> => ({
  'content-type': 'application/json',
  ...causeHeaders(cause),
  ...(caller && { [CALLER_HEADER]: caller.reveal() }),
});

const parseAnswer = <Response>(contract: QueryContract<unknown, Response>, body: string): Response => {
  const answer = contract.response.safeParse(JSON.parse(body));
  if (!answer.success) throw new Error(`the answer to ${contract.type} breaks its contract`);
  return answer.data;
};

/** Asks other services by signed HTTP; one an execution environment, for it remembers peers. */
export const createServiceClient = (deps: ServiceClientDeps): ServiceClient => {
  const peers = createPeers(deps);
  return {
    ask: async <Request, Response>(
      contract: QueryContract<Request, Response>,
      request: NoInfer<Request>,
      { cause, deadlineMs, caller }: Ask,
    ) => {
      if (contract.caller === 'required' && caller === undefined)
        throw new Error(`${contract.type} is asked for no one`);
      const body = JSON.stringify(request);
      const question = { service: contract.service, question: contract.type, cause, deadlineMs };
      return await peers.ask(question, async (instance, timeoutMs) => {
        const url = `${instance.url}/internal/${contract.type}`;
        const asked = { url, body, headers: headersOf(cause, caller), timeoutMs };
        const response = await answered(deps.transport(asked));
        if (response.status !== OK) throw new Error(`${url} answered ${response.status}`);
        return parseAnswer(contract, response.body);
      });
    },
  };
};
