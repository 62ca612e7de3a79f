/** What all names begin with, up to a hyphen: `archipelago-dev-`. Empty for fewer than two names. */
const commonStart = ([first = '', ...others]: readonly string[]): string => {
  if (others.length === 0) return '';
  let length = first.length;
  for (const name of others) {
    let same = 0;
    while (same < length && name[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, first.lastIndexOf('-', length - 1) + 1);
};

/** Functions by what tells them apart: their names without what all of them begin with. */
export const createShortNames = (allNames: () => readonly string[]): ((name: string) => string) => {
  let known = -1;
  let start = '';
  return (name) => {
    const names = allNames();
    if (names.length !== known) start = commonStart(names);
    known = names.length;
    return name.startsWith(start) && name.length > start.length ? name.slice(start.length) : name;
  };
};
