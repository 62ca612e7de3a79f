// @ts-check

/**
 * Makes `Date` show another time than the real one.
 * @param {(realNow: () => number) => number} read
 */
export const replaceDate = (read) => {
  const RealDate = Date;
  const realNow = RealDate.now;
  const now = () => read(realNow);
  RealDate.now = now;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length > 0 ? values : [now()], newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.prototype.constructor = globalThis.Date;
};

/**
 * Makes `Date` show the time of the runtime's clock. Loaded only when that is not real time.
 * @param {import('../../core/clock.ts').ClockFace} face
 */
export const keepTime = ({ kind, buffer }) => {
  const face = new Float64Array(buffer);
  replaceDate((realNow) => (kind === 'standing' ? (face[0] ?? 0) : realNow() + (face[0] ?? 0)));
};
