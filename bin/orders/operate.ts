import { StartError } from '@archipelago/local/cli';
import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { ALIAS, functionName } from '../../lib/config/names.ts';
import type { Target } from '../aws/target.ts';
import type { Options } from './options.ts';

export interface Wait {
  readonly step: string;
  readonly since: string;
  readonly asked: number;
  readonly asksAgainAt: string;
}

export interface ListedOrder {
  readonly id: string;
  readonly status: string;
  readonly placedAt?: string;
  readonly customer?: string;
  readonly waits: readonly Wait[];
}

export interface OpenList {
  readonly open: number;
  readonly orders: readonly ListedOrder[];
}

export interface PastEvent {
  readonly version: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly step?: string;
  readonly reason?: string;
  readonly cancelledBy?: string;
  readonly byHand?: { readonly by: string; readonly why?: string };
}

export interface ShownOrder {
  readonly order: { readonly id: string; readonly status: string; readonly placedAt: string };
  readonly customer: string;
  readonly waits: readonly Wait[];
  readonly history: readonly PastEvent[];
  readonly messages: readonly {
    readonly type: string;
    readonly sentAt: string;
    readonly to: string;
    readonly delaySeconds?: number;
  }[];
}

interface Answer<Result> {
  readonly result?: Result;
  readonly refused?: { readonly code: string; readonly detail: string };
}

const payloadOf = ({ action, orderId, limit, by, why }: Options) => {
  if (action === 'open') return { operation: 'list', limit };
  return action === 'show' ? { operation: action, orderId } : { operation: action, orderId, by, why };
};

/** Invokes the function of orders that operators use. Throws StartError with its refusal, or when it is not there. */
export const operate = async <Result extends OpenList | ShownOrder>(
  { prefix, name, client: settings }: Target,
  options: Options,
): Promise<Result> => {
  const FunctionName = `${functionName(prefix, 'orders', 'operate-orders')}:${ALIAS}`;
  const client = new LambdaClient(settings);
  try {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(payloadOf(options)) }),
    );
    const text = Payload === undefined ? '{}' : Buffer.from(Payload).toString();
    if (FunctionError !== undefined) throw new StartError(`${FunctionName} failed: ${text}`, name, 'look into its log');
    const { result, refused }: Answer<Result> = JSON.parse(text);
    if (result !== undefined) return result;
    const what = refused?.code === 'not-found' ? `there is no order ${options.orderId}` : refused?.detail;
    throw new StartError(what ?? 'it did not answer', name, 'npm run orders:open lists those that wait');
  } catch (thrown) {
    if (thrown instanceof ResourceNotFoundException)
      throw new StartError(`${FunctionName} is not there`, name, 'deploy the stack of orders first');
    throw thrown;
  } finally {
    client.destroy();
  }
};
