import type { Item, Table } from '../../kernel/stores/table.ts';
import type { User } from '../domain/user.ts';
import { userAggregate, userKey } from '../rows/user-rows.ts';

export interface UserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly version: number;
}

/** What a caller sees of a user; undefined when there is none, or none any more. */
export const userView = (user: User, version: number): UserView | undefined =>
  user.kind === 'active' ? { id: user.id, email: user.email, name: user.name, version } : undefined;

export const readUser = async (table: Table, id: string): Promise<UserView | undefined> => {
  const item: Item | undefined = await table.get(userKey(id), { consistent: true });
  return item && userView(userAggregate.fromItem(item), Number(item.version));
};
