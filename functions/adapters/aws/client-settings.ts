/**
 * Shared by all AWS clients: a call that hangs must fail while its caller still has time. The SDK keeps connections
 * alive by itself.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;
