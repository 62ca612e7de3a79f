/** An entity tag (RFC 9110 §8.8.3); `opaque` has the quotes. */
interface EntityTag {
  readonly isWeak: boolean;
  readonly opaque: string;
}

/** What If-Match and If-None-Match hold. */
export type EntityTags = '*' | readonly EntityTag[];

const TAG = /^(W\/)?("[\x21\x23-\x7e\x80-\xff]*")$/;

/** Undefined for what is no list of tags. Ours have no comma, so one inside of a tag does not have to be understood. */
export const readTags = (header: string): EntityTags | undefined => {
  if (header.trim() === '*') return '*';
  const members = header.split(',').map((member) => member.trim());
  const tags: EntityTag[] = [];
  for (const member of members.filter((each) => each !== '')) {
    const [whole, weak, opaque = ''] = TAG.exec(member) ?? [];
    if (whole === undefined) return undefined;
    tags.push({ isWeak: weak !== undefined, opaque });
  }
  return tags.length === 0 ? undefined : tags;
};

/** RFC 9110 §8.8.3.2: by the strong comparison a weak tag equals none. */
type Comparison = 'strong' | 'weak';

/** The tags that count, with their quotes. */
export const comparedTags = (tags: readonly EntityTag[], comparison: Comparison): readonly string[] =>
  tags.filter(({ isWeak }) => comparison === 'weak' || !isWeak).map(({ opaque }) => opaque);

/** Whether the tags name the one of a representation that is there; every tag of ours is strong. */
export const nameTag = (tags: EntityTags | undefined, own: string, comparison: Comparison): boolean =>
  tags === '*' || (tags !== undefined && comparedTags(tags, comparison).includes(own));
