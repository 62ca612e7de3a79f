/** Works on all, at most `size` at a time; answers in their order. The first failure ends it. */
export const inLots = async <T, Done>(
  all: readonly T[],
  size: number,
  work: (one: T) => Promise<Done>,
): Promise<readonly Done[]> => {
  const done: Done[] = [];
  for (let from = 0; from < all.length; from += size)
    done.push(...(await Promise.all(all.slice(from, from + size).map(work))));
  return done;
};
