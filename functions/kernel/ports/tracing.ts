/** Values that a span can be found by. No personal data. */
export type Annotations = Readonly<Record<string, string | number | boolean>>;

export interface Tracing {
  /** W3C `traceparent` of the invocation now running; undefined when it is not traced. */
  traceparent(): string | undefined;
  /** Runs inside a span of that name, which ends with it and carries its failure. */
  span<T>(name: string, annotations: Annotations, run: () => Promise<T>): Promise<T>;
}

/** For code that runs outside an invocation, such as tests. */
export const untraced: Tracing = {
  traceparent: () => undefined,
  span: (_name, _annotations, run) => run(),
};
