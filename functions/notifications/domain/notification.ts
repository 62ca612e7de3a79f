/** What a customer is sent about an order: once for each kind. */
export type NotificationKind = 'order_confirmed' | 'order_cancelled';

export interface Notification {
  readonly orderId: string;
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly subject: string;
  readonly text: string;
}
