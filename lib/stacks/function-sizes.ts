/**
 * 512 MB buys about 0.3 of a processor, enough for one SDK call's TLS. The gateway gives up after 29 s, a caller of an
 * internal API well before its own 15 s are over: each timeout is shorter than that of whoever waits.
 */
export const forRoute = { timeoutSeconds: 15, memoryMb: 512 } as const;

export const forInternalApi = { timeoutSeconds: 5, memoryMb: 512 } as const;

export const forConsumer = { timeoutSeconds: 30, memoryMb: 512 } as const;

export const forStream = { timeoutSeconds: 60, memoryMb: 512 } as const;

export const forSchedule = { timeoutSeconds: 50, memoryMb: 512 } as const;
