import type { DeployRule } from '../release.ts';

/** The day that was announced to callers may move later only: they plan by it. */
export const sunsetsStay: DeployRule = (before, after) =>
  before.routes.flatMap(({ key, file, deprecated }) => {
    const now = after.routes.find((route) => route.key === key)?.deprecated;
    if (deprecated === undefined || now === undefined || now.sunset >= deprecated.sunset) return [];
    return [
      {
        subject: key,
        what: `route ${key} would end on ${now.sunset} instead of ${deprecated.sunset}`,
        where: file,
        why: `it was announced to answer until ${deprecated.sunset}, and callers plan by that`,
        remedy: `keep ${deprecated.sunset}, or name a later day`,
      },
    ];
  });
