/** A user as decided over. `email` is the normalised form that uniqueness is judged by. */
export type User =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'active'; readonly id: string; readonly email: string; readonly name: string }
  | { readonly kind: 'erased'; readonly id: string };

export type UserCommand =
  | { readonly type: 'RegisterUser'; readonly id: string; readonly email: string; readonly name: string }
  | { readonly type: 'ChangeUserProfile'; readonly email?: string | undefined; readonly name?: string | undefined }
  | { readonly type: 'EraseUser' };

export type UserEvent =
  | { readonly type: 'UserRegistered'; readonly id: string; readonly email: string; readonly name: string }
  | { readonly type: 'UserProfileChanged'; readonly email: string; readonly name: string }
  | { readonly type: 'UserErased' };
