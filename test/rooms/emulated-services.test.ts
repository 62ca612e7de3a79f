import { describe, expect, it } from '@jest/globals';
import { oddities } from './emulated-services.ts';
import { sources } from './sources.ts';

const FOLDER = 'packages/local/src/services';

describe('emulated services', () => {
  it('have the same parts: service, resources, operations, state', () => {
    expect(sources.filter((file) => file.startsWith(FOLDER)).length).toBeGreaterThan(100);
    expect(oddities(sources)).toEqual([]);
  });

  it.each([
    ['sqs/queue-helper.ts', 'sqs/queue-helper.ts is no part of a service'],
    ['sqs/more/queue.ts', 'sqs/more/queue.ts is no part of a service'],
    ['sqs/daemon.ts', 'sqs/daemon.ts is no part of a service'],
    ['ssm/state/parameters.ts', 'ssm has state.ts and state/'],
    ['sns/service.ts', 'sns has neither resources nor operations'],
  ])('refuse a planted %s', (file, complaint) => {
    expect(oddities([...sources, `${FOLDER}/${file}`])).toEqual([complaint]);
  });

  it('refuse a service without a service file', () => {
    expect(oddities([`${FOLDER}/sns/resources.ts`])).toEqual(['sns has no service.ts']);
  });
});
