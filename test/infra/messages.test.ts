import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { queueOf } from '../../functions/kernel/messages/queue-name.ts';
import type { ServiceMessages } from '../../functions/kernel/messages/service-messages.ts';
import { messagesByService, type PublishedContract, publishedContracts } from '../docs/contracts.ts';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates } from '../support/templates.ts';

const LISTS = ['publishes', 'sends', 'subscribes', 'accepts', 'asks', 'answers'] as const;

/** The list in which a contract stands with its own service, and the one in which it may stand with others. */
const OWN = { event: 'publishes', command: 'accepts', query: 'answers' } as const;
const OTHER = { event: 'subscribes', command: 'sends', query: 'asks' } as const;

let contracts: readonly PublishedContract[];
let services: ReadonlyMap<string, ServiceMessages>;
let templates: Awaited<ReturnType<typeof readTemplates>>;

beforeAll(async () => {
  contracts = await publishedContracts();
  services = await messagesByService();
  templates = await readTemplates(await synthesize('dev'));
}, 60_000);

const typesIn = (service: string, list: keyof ServiceMessages): readonly string[] =>
  (services.get(service)?.[list] ?? []).map(({ type }) => type);

const resourcesOf = (service: string, type: string) =>
  Object.values(templates.get(`archipelago-dev-${service}`)?.Resources ?? {}).filter(({ Type }) => Type === type);

describe('the messages of the services', () => {
  it('stand in the list of their own service, once, and in no list of another kind', () => {
    for (const { contract } of contracts) {
      expect(typesIn(contract.service, OWN[contract.kind]).filter((type) => type === contract.type)).toHaveLength(1);
      for (const service of services.keys()) {
        const lists = LISTS.filter((list) => typesIn(service, list).includes(contract.type));
        const allowed = [OTHER[contract.kind], ...(service === contract.service ? [OWN[contract.kind]] : [])];
        expect({ type: contract.type, service, others: lists.filter((list) => !allowed.includes(list)) }).toEqual({
          type: contract.type,
          service,
          others: [],
        });
      }
    }
  });

  it('are all that the sources of a service import of the published language', () => {
    const listed = (service: string) => LISTS.flatMap((list) => typesIn(service, list));
    const unlisted = [...services.keys()].flatMap((service) => {
      const files = readdirSync(`functions/${service}`, { recursive: true, encoding: 'utf8' });
      const text = files
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(`functions/${service}/${name}`, 'utf8'))
        .join('\n');
      const imported = contracts.filter(({ file }) => text.includes(`events/contracts/${file}`));
      return imported.filter(({ contract }) => !listed(service).includes(contract.type)).map(({ file }) => file);
    });
    expect(unlisted).toEqual([]);
  });

  it('reach the queues and rules that are deployed', () => {
    for (const [service, { accepts = [], subscribes = [] }] of services) {
      const queues = resourcesOf(service, 'AWS::SQS::Queue').map(({ Properties }) => Properties?.QueueName);
      for (const command of accepts) expect(queues).toContain(`archipelago-dev-${queueOf(command)}`);
      const patterns = resourcesOf(service, 'AWS::Events::Rule').map(({ Properties }) => Properties?.EventPattern);
      const detailTypes = patterns.flatMap((pattern) => Object.entries(pattern ?? {}));
      const subscribed = detailTypes.filter(([name]) => name === 'detail-type').flatMap(([, types]) => types);
      expect(subscribed.toSorted()).toEqual(subscribes.map(({ type }) => type).toSorted());
    }
  });

  it('are what the function of a rule is tried out with', () => {
    const rules = [...services.keys()].flatMap((service) =>
      resourcesOf(service, 'AWS::Events::Rule').map(({ Properties }) => [service, Object(Properties)] as const),
    );
    const subscriptions = rules.filter(([, { EventPattern: pattern }]) => pattern !== undefined);
    expect(subscriptions.length).toBeGreaterThan(1);
    for (const [service, { Name: name, EventPattern: pattern }] of subscriptions) {
      const file = `events/invoke/${service}/${String(name).replace(`archipelago-dev-${service}-`, '')}.json`;
      expect(pattern['detail-type']).toContain(JSON.parse(readFileSync(file, 'utf8'))['detail-type']);
    }
  });
});
