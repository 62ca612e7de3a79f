import { releaseStockV1 } from '../../../events/contracts/catalog/release-stock.v1.ts';
import { reserveStockV1 } from '../../../events/contracts/catalog/reserve-stock.v1.ts';
import { orderCancelledV1 } from '../../../events/contracts/orders/order-cancelled.v1.ts';
import { orderCancelledByOperatorV1 } from '../../../events/contracts/orders/order-cancelled-by-operator.v1.ts';
import { orderConfirmedV1 } from '../../../events/contracts/orders/order-confirmed.v1.ts';
import { orderPlacedV1 } from '../../../events/contracts/orders/order-placed.v1.ts';
import { capturePaymentV1 } from '../../../events/contracts/payments/capture-payment.v1.ts';
import { refundPaymentV1 } from '../../../events/contracts/payments/refund-payment.v1.ts';
import { releaseStock, reserveStock } from '../../../functions/catalog/commands/decide-reservation.ts';
import { putProduct } from '../../../functions/catalog/commands/put-product.ts';
import { stockKey } from '../../../functions/catalog/rows/product-rows.ts';
import { createCircuitBreaker } from '../../../functions/kernel/calls/circuit-breaker.ts';
import type { MessageContract } from '../../../functions/kernel/messages/contract.ts';
import type { Message } from '../../../functions/kernel/messages/message.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import { Secret } from '../../../functions/kernel/values/secret.ts';
import { notify } from '../../../functions/notifications/commands/notify.ts';
import { cancellation, confirmation } from '../../../functions/notifications/domain/compose.ts';
import type { Notification } from '../../../functions/notifications/domain/notification.ts';
import { isSent, notificationKey } from '../../../functions/notifications/rows/notification-rows.ts';
import { fulfilOrder } from '../../../functions/orders/commands/fulfil-order.ts';
import { withToken } from '../../../functions/orders/commands/payment-token.ts';
import { placeOrder } from '../../../functions/orders/commands/place-order.ts';
import { ordersMessages } from '../../../functions/orders/messages.contract.ts';
import { createOrderStore } from '../../../functions/orders/rows/order-stream.ts';
import { capturePayment } from '../../../functions/payments/commands/capture-payment.ts';
import { refundPayment } from '../../../functions/payments/commands/refund-payment.ts';
import { createProviderClient } from '../../../functions/payments/provider/provider-client.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { relayed } from '../../support/relayed.ts';
import { stockUp } from '../../support/stock-up.ts';
import { standInTransport } from './stand-in-transport.ts';

export const PRICE = { amount: 450, currency: 'EUR' };
export const cause = { correlationId: 'c', causationId: 'r' };

const sequence = () => {
  let made = 0;
  return () => {
    made += 1;
    return `01J${String(made).padStart(8, '0')}`;
  };
};

type Subscriber = readonly [type: string, handle: (message: Message) => Promise<unknown>];

/** As a queue's function does: the data must be as the contract says. */
const subscribe = <Data>(
  { type, data }: MessageContract<string, Data>,
  handle: (data: Data, message: Message) => Promise<unknown>,
): Subscriber => [
  type,
  async (message) => {
    const parsed = data.safeParse(message.data);
    if (!parsed.success) throw new Error(`${type} breaks its contract`);
    return handle(parsed.data, message);
  },
];

/** Catalog, orders, payments, notifications and the provider's stand-in, each with tables of its own. */
export const openShop = async (stock: number, isPatient = () => true) => {
  const clock = { now: () => Date.UTC(2026, 10, 24, 12) };
  const ids = { next: sequence() };
  const tools = { clock, ids };
  const tables = {
    catalog: relayed(createMemoryTable(), 'catalog'),
    orders: relayed(createMemoryTable(), 'orders'),
    payments: relayed(createMemoryTable(), 'payments'),
    notifications: relayed(createMemoryTable(), 'notifications'),
    provider: relayed(createMemoryTable(), 'provider'),
  };
  const catalog = { ...tools, table: tables.catalog };
  await putProduct(catalog, 'tea', { name: 'Tea', price: PRICE }, { cause });
  await stockUp(catalog.table, 'tea', stock);

  const askQuote = async (items: readonly { readonly sku: string }[]) => ({
    items: items.map(({ sku }) => ({ sku, price: PRICE })),
    unknown: [],
  });
  const orders = {
    ...tools,
    table: tables.orders,
    store: createOrderStore(tables.orders),
    random: Math.random,
    askQuote,
    /** The shop's clock stands still, so patience is over when chance says so. */
    get patienceSeconds() {
      return isPatient() ? 3_600 : -1;
    },
  };
  const complete = withToken(tables.orders, clock);
  const { log, tracing } = createRecordingRuntime();
  const provider = createProviderClient({
    clock,
    random: () => 0,
    log,
    tracing,
    pause: async () => {},
    transport: standInTransport(tables.provider),
    breaker: createCircuitBreaker(clock, { threshold: 1_000, openMs: 1 }),
    url: async () => 'http://provider',
  });
  const payments = { ...tools, table: tables.payments, provider };
  /** Those that were sent although they were recorded as sent. */
  const sentAgain: Notification[] = [];
  const send = async (notification: Notification): Promise<void> => {
    const found = await tables.notifications.get(notificationKey(notification));
    if (found && isSent(found)) sentAgain.push(notification);
  };
  const notifications = { table: tables.notifications, sender: { channel: 'mail', send }, clock };
  /** The shop's clock stands still, and one message is handled at a time: a claim that is found is over. */
  const notifyOf = (notification: Notification) => notify(notifications, notification, () => -60_000);
  const reports = [...ordersMessages.subscribes, ordersMessages.accepts[0]];
  const fulfilling = reports.map(
    (contract): Subscriber => [contract.type, (message) => fulfilOrder(orders, contract.read(message))],
  );

  const subscribers: readonly Subscriber[] = [
    subscribe(reserveStockV1, ({ orderId, items }, message) => reserveStock(catalog, message, orderId, items)),
    subscribe(releaseStockV1, ({ orderId }, message) => releaseStock(catalog, message, orderId)),
    subscribe(capturePaymentV1, (data, message) => capturePayment(payments, message, data)),
    subscribe(refundPaymentV1, (data, message) => refundPayment(payments, message, data)),
    subscribe(orderPlacedV1, async () => {}),
    subscribe(orderConfirmedV1, (data) => notifyOf(confirmation(data))),
    subscribe(orderCancelledV1, (data) => notifyOf(cancellation(data))),
    subscribe(orderCancelledByOperatorV1, (data) => notifyOf(cancellation({ ...data, reason: 'operator' }))),
    ...fulfilling,
  ];

  const place = async (userId: string, quantity: number, paymentToken: string): Promise<string> => {
    const request = {
      principal: userId,
      method: 'POST',
      path: '/orders',
      key: ids.next(),
      fingerprint: 'f',
      remainingMs: () => 5_000,
    };
    const placing = {
      request,
      userId,
      items: [{ sku: 'tea', quantity }],
      paymentToken: new Secret(paymentToken),
      caller: undefined,
      cause,
    };
    const answer = await placeOrder(orders, placing, ({ state }) => ({
      status: 202,
      body: state.kind === 'none' ? '' : state.placed.orderId,
    }));
    return String(answer.body);
  };

  return {
    tables,
    orders,
    sentAgain,
    place,
    deliver: async (message: Message): Promise<void> => {
      const found = subscribers.find(([type]) => type === message.type);
      if (found) await found[1](await complete(message));
    },
    stock: async () => {
      const row = await tables.catalog.get(stockKey('tea'));
      return { available: Number(row?.available), reserved: Number(row?.reserved) };
    },
  };
};

export type Shop = Awaited<ReturnType<typeof openShop>>;
