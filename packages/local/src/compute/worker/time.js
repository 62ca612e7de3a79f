// @ts-check

/**
 * Makes `Date` show the time of the runtime's clock. Loaded only when that is not real time.
 * @param {import('../../core/clock.ts').ClockFace} face
 */
export const keepTime = ({ kind, buffer }) => {
  const face = new Float64Array(buffer);
  const RealDate = Date;
  const realNow = RealDate.now;
  const now = () => (kind === 'standing' ? (face[0] ?? 0) : realNow() + (face[0] ?? 0));
  RealDate.now = now;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length > 0 ? values : [now()], newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.prototype.constructor = globalThis.Date;
};
