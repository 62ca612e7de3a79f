import { defineEnvironment } from '../kernel/environment.ts';

/** Of a function that decides over orders or reads their history. */
export const ordersEnvironment = defineEnvironment({ eventTableName: 'text' });

/** Of place-order, which asks catalog for prices as well. */
export const ordersPlacingEnvironment = defineEnvironment({ eventTableName: 'text' });

/** Of a function that reads or writes the views beside the history. */
export const ordersViewEnvironment = defineEnvironment({ eventTableName: 'text', viewTableName: 'text' });

/** Of list-orders, which reads nothing but views. */
export const ordersListEnvironment = defineEnvironment({ viewTableName: 'text' });
