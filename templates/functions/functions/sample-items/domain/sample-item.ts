/** A sample item as decided over. It belongs to one user, who chose its id. */
export type SampleItem =
  | { readonly kind: 'none' }
  | { readonly kind: 'kept'; readonly text: string }
  | { readonly kind: 'erased' };

export type SampleItemCommand =
  | { readonly type: 'SaveSampleItem'; readonly text: string }
  | { readonly type: 'EraseSampleItem' };

export type SampleItemEvent =
  | { readonly type: 'SampleItemSaved'; readonly text: string }
  | { readonly type: 'SampleItemErased' };
