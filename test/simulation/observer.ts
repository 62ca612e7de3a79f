import type { FunctionCall, InProcessAnswer } from '@archipelago/local/simulation';
import { canonicalJson } from '../../functions/kernel/values/canonical-json.ts';
import { isObject, type Json, type JsonObject } from '../../functions/kernel/values/json.ts';
import { isProviderCall } from './faults.ts';
import { type ChargeSeen, ORDER_ID, type SentMessage, type Written } from './history.ts';

const parse = (text: string): JsonObject => {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    // A consumer sets aside what it cannot read.
    return {};
  }
};

const messageOf = (atMs: number, type: unknown, text: unknown): SentMessage | undefined => {
  if (typeof text !== 'string') return undefined;
  const { type: own, metadata, data } = parse(text);
  if (!isObject(metadata) || !isObject(data)) return undefined;
  const { orderId } = data;
  return {
    atMs,
    id: String(metadata.id),
    type: String(own ?? type),
    data: canonicalJson(data),
    ...(typeof orderId === 'string' && { orderId }),
  };
};

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** What was sent to a queue or a bus; of a batch, what was taken. */
const sentBy = (atMs: number, { request }: FunctionCall, reply: InProcessAnswer): readonly SentMessage[] => {
  const target = request.headers['x-amz-target'] ?? '';
  if (reply.status !== 200 || !/^(AmazonSQS\.SendMessage|AWSEvents\.PutEvents)/.test(target)) return [];
  const body = parse(Buffer.from(request.body).toString());
  const entries = Array.isArray(body.Entries) ? listOf(body.Entries) : [body];
  const results = parse(reply.body.toString());
  const refused = new Set(listOf(results.Failed).map(({ Id }) => Id));
  return entries
    .filter(({ Id }, index) => !refused.has(Id ?? '') && listOf(results.Entries)[index]?.ErrorCode === undefined)
    .map(({ DetailType, Detail, MessageBody }) => messageOf(atMs, DetailType, Detail ?? MessageBody))
    .filter((message) => message !== undefined);
};

interface Account {
  orderId: string | undefined;
  madeBy: string;
  captured: number;
  refunded: number;
}

export interface Observer {
  readonly onAnswer: (call: FunctionCall, answer: InProcessAnswer) => void;
  readonly messages: readonly SentMessage[];
  /** What functions wrote to their logs. */
  readonly written: Written[];
  charges(): readonly ChargeSeen[];
}

/** Reads what functions send and what the provider answers them, also when that answer is lost on its way back. */
export const createObserver = (nowMs: () => number): Observer => {
  const messages: SentMessage[] = [];
  const accounts = new Map<string, Account>();
  const refunds = new Set<string>();

  const readCharge = ({ functionName, request }: FunctionCall, body: Readonly<Record<string, unknown>>) => {
    const { id, status, amount } = body;
    if (typeof id !== 'string' || status !== 'captured' || !isObject(amount) || accounts.has(id)) return;
    const orderId = ORDER_ID.exec(request.headers['idempotency-key'] ?? '')?.[0];
    // A void may see a charge whose own answer is still under way.
    const madeBy = request.path === '/charges' ? functionName : 'one whose answer came later';
    accounts.set(id, { orderId, madeBy, captured: Number(amount.amount), refunded: 0 });
  };
  const readRefund = ({ id, chargeId, amount }: Readonly<Record<string, unknown>>) => {
    const account = accounts.get(String(chargeId));
    if (!account || !isObject(amount) || refunds.has(String(id))) return;
    refunds.add(String(id));
    account.refunded += Number(amount.amount);
  };
  return {
    onAnswer: (call, answer) => {
      if (isProviderCall(call) && answer.status < 300 && answer.code === undefined) {
        const body = parse(answer.body.toString());
        if (call.request.path === '/refunds') readRefund(body);
        else readCharge(call, body);
      }
      messages.push(...sentBy(nowMs(), call, answer));
    },
    messages,
    written: [],
    charges: () => [...accounts].map(([id, account]) => ({ id, ...account })),
  };
};
