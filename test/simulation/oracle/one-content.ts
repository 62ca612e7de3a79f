import type { SentMessage } from '../history.ts';

interface Content {
  readonly open: string;
  readonly token: string | undefined;
}

/** A payment token joins its command as it leaves, and not when that leaves again after the token has been forgotten. */
const contentOf = ({ type, data }: SentMessage): Content => {
  const { paymentToken, ...open }: { readonly paymentToken?: string } = JSON.parse(data);
  return { open: `${type} ${JSON.stringify(open)}`, token: paymentToken };
};

/** Whether copies of a message say the same; one may lack the token, none has another one. */
export const haveOneContent = (copies: readonly SentMessage[]): boolean => {
  const contents = copies.map(contentOf);
  const tokens = new Set(contents.map(({ token }) => token).filter((token) => token !== undefined));
  return new Set(contents.map(({ open }) => open)).size === 1 && tokens.size <= 1;
};
