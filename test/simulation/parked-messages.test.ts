import { describe, expect, it } from '@jest/globals';
import { createParkedMessages } from './parked-messages.ts';

describe('messages that could not be sent', () => {
  it('are held by a service from when its relay parks them until none is left', () => {
    const parked = createParkedMessages();
    const holding = () => [...parked.services()];
    parked.note('no measure');
    parked.note({ service: 'orders', function: 'relay', requests: 3 });
    expect(holding()).toEqual([]);
    parked.note({ service: 'orders', function: 'relay', parked: 2, unreadable: 0 });
    parked.note({ service: 'catalog', function: 'resend', parkedNow: 0, oldestParked: 0 });
    expect(holding()).toEqual(['orders']);
    parked.note({ service: 'orders', function: 'resend', parkedNow: 1, oldestParked: 60_000 });
    expect(holding()).toEqual(['orders']);
    parked.note({ service: 'orders', function: 'resend', parkedNow: 0, oldestParked: 0 });
    expect(holding()).toEqual([]);
  });
});
