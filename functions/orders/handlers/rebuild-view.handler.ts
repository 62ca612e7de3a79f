import { invocationHandler } from '../../edge/messages/invocation.ts';
import { isObject } from '../../kernel/values/json.ts';
import { oneOf, readAs } from '../../kernel/values/shape.ts';
import {
  beginRebuild,
  buildPage,
  cancelRebuild,
  clearPage,
  comparePage,
  switchViews,
} from '../views/rebuild-orders.ts';
import { runtime, wireOrders, wireScans, wireViews } from '../wiring.ts';

const steps = {
  begin: beginRebuild,
  build: buildPage,
  compare: comparePage,
  switch: switchViews,
  cancel: cancelRebuild,
  clear: clearPage,
} as const;

const { store } = wireOrders();
const rebuilding = { store, views: wireViews(), ...wireScans() };

const step = oneOf('begin', 'build', 'compare', 'switch', 'cancel', 'clear');

export const handler = invocationHandler(async (input, { log }) => {
  const { start } = input;
  return steps[readAs(step, input.step)]({ ...rebuilding, log }, isObject(start) ? start : undefined);
}, runtime);
