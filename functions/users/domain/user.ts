/** A user as decided over. `email` is the normalised form that uniqueness is judged by. */
export type User =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'active'; readonly id: string; readonly email: string; readonly name: string }
  | { readonly kind: 'erased'; readonly id: string };

export type UserCommand =
  | { readonly kind: 'register'; readonly id: string; readonly email: string; readonly name: string }
  | { readonly kind: 'changeProfile'; readonly email?: string | undefined; readonly name?: string | undefined }
  | { readonly kind: 'erase' };

export type UserEvent =
  | { readonly kind: 'registered'; readonly id: string; readonly email: string; readonly name: string }
  | { readonly kind: 'profileChanged'; readonly email: string; readonly name: string }
  | { readonly kind: 'erased' };
