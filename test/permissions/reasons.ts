/** Why a role has a permission that no test uses, or one for every resource. `*` stands for anything. */
export interface Reason {
  readonly role: string;
  readonly action: string;
  /** Default: any. */
  readonly resource?: string;
  readonly why: string;
}

const FAILS_FOR_GOOD = 'takes what failed for good; no test of the whole system lets every function fail so';
const OTHER_MACHINES = 'keeps the leases of machines that no template has; tests of the domain play them';
const NO_RESOURCE = 'Lambda asks for it on every resource before it puts a function into a network';

export const REASONS: readonly Reason[] = [
  { role: '*', action: 'sqs:SendMessage', resource: '*-dead-letters', why: FAILS_FOR_GOOD },
  { role: '*', action: 'sqs:SendMessage', resource: '*-lost-records', why: FAILS_FOR_GOOD },
  { role: '*', action: 'sqs:SendMessage', resource: '*-missed-runs', why: FAILS_FOR_GOOD },
  { role: '*', action: 'sqs:SendMessage', resource: '*-undelivered', why: FAILS_FOR_GOOD },
  {
    role: '*',
    action: 'sqs:SendMessage',
    resource: '*-events',
    why: 'takes an event that its function did not handle, until the function is there again',
  },
  {
    role: '*',
    action: 'sqs:DeleteMessage',
    resource: '*-events',
    why: 'ends an event that came back through the queue and was handled then',
  },
  {
    role: '*',
    action: 'sqs:ChangeMessageVisibility',
    why: 'hides a message for longer while what its function needs is away; the campaigns of faults play it',
  },
  { role: '*/relay', action: 'dynamodb:PutItem', why: 'parks what cannot be sent; the campaigns of faults play it' },
  {
    role: 'orders/relay',
    action: 'dynamodb:GetItem',
    resource: '*-orders-events',
    why: 'derives a message again from its event; the campaigns of faults play it',
  },
  {
    role: '*/resend',
    action: '*',
    why: 'sends what was parked, and what a stream lost, as the relay would have; the campaigns of faults play it',
  },
  {
    role: 'orders/*',
    action: 'dynamodb:ConditionCheckItem',
    why: 'an append that adds no event still checks that the stream ends where it was read',
  },
  {
    role: 'orders/sweep-open-orders',
    action: 'dynamodb:*',
    why: 'moves an order on whose reminders were lost; the campaigns of faults play it',
  },
  {
    role: 'orders/cancel-orders-of-user',
    action: 'dynamodb:PutItem',
    why: 'cancels orders that were open when their customer was erased; the campaigns of faults play it',
  },
  {
    role: 'catalog/adjust-stock',
    action: 'dynamodb:GetItem',
    why: 'reads the answer that is kept for a repeated request',
  },
  ...['heartbeat', 'sweep', 'reconcile'].flatMap((name) =>
    ['dynamodb:*', 'servicediscovery:*'].map((action) => ({ role: `registry/${name}`, action, why: OTHER_MACHINES })),
  ),
  { role: 'registry/get-service', action: 'dynamodb:GetItem', why: OTHER_MACHINES },
  {
    role: 'payment-provider/get-charge',
    action: '*',
    why: 'asked after an answer that was lost; the campaigns of crashes play it',
  },
  {
    role: '*get-charge:live',
    action: 'lambda:InvokeFunction',
    why: 'asked after an answer that was lost; the campaigns of crashes play it',
  },
  {
    role: '*check-view:live',
    action: 'lambda:InvokeFunction',
    why: 'the schedule of every night; tests invoke the function themselves',
  },
  {
    role: 'search/backfill',
    action: 'dynamodb:PutItem',
    why: 'writes products that the search does not have yet; in a new system it has all of them',
  },
  {
    role: 'search/Tasks',
    action: 'xray:PutTraceSegments',
    why: 'the laptop has a daemon for the traces of tasks; on AWS a task sends them itself',
  },
  { role: 'search/search-products', action: 'ec2:*', why: NO_RESOURCE },
];
