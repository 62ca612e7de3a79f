/** A moment on the wall clock of some time zone; months and days count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export interface TimeZone {
  wallTimeOf(epochMs: number): WallTime;
  /** Undefined for a time that the zone skips when its clocks go forward. */
  epochMsOf(wall: WallTime): number | undefined;
}

const utcOf = ({ year, month, day, hour, minute }: WallTime) => Date.UTC(year, month - 1, day, hour, minute);

/** An IANA time zone; throws RangeError when there is none of this name. */
export const timeZone = (name: string): TimeZone => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const wallTimeOf = (epochMs: number): WallTime => {
    const parts = Object.fromEntries(format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
    return { year, month, day, hour, minute };
  };
  return {
    wallTimeOf,
    epochMsOf: (wall) => {
      const wanted = utcOf(wall);
      const offsetAt = (epochMs: number) => utcOf(wallTimeOf(epochMs)) - epochMs;
      const guess = wanted - offsetAt(wanted);
      const candidates = [guess, wanted - offsetAt(guess)];
      return candidates.find((epochMs) => utcOf(wallTimeOf(epochMs)) === wanted);
    },
  };
};
