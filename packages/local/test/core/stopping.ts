/** Stops a world when the test's block ends, also by a failure: what listens on would keep the test process from ending. */
export const stopping = ({ stop }: { stop(): Promise<void> }): AsyncDisposable => ({ [Symbol.asyncDispose]: stop });
