export interface ParkedMessages {
  /** Takes what a function wrote. */
  readonly note: (data: unknown) => void;
  /** Services that parked messages and have not said since that none is left. */
  readonly services: () => ReadonlySet<string>;
}

/** Who holds messages that could not be sent, by the measures of relays and of what sends again. */
export const createParkedMessages = (): ParkedMessages => {
  const services = new Set<string>();
  return {
    note: (data) => {
      const { service, parked, parkedNow }: Readonly<Record<string, unknown>> = Object(data);
      if (Number(parked) > 0) services.add(String(service));
      if (parkedNow === 0) services.delete(String(service));
    },
    services: () => services,
  };
};
