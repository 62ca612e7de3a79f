import { AwsError } from '../../../core/aws-call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { Rule } from './rule.ts';

export interface EventBus {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly createdAtMs: number;
}

/** What EventBridge sends to a target, and what patterns are matched against. */
export type Envelope = JsonObject & {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: JsonObject;
};

/** `arn:aws:events:…:event-bus/<name>` or the name itself; none means the default bus. */
export const busNameOf = (nameOrArn: string | undefined): string => nameOrArn?.split('event-bus/').at(-1) ?? 'default';

export const missing = (what: string): AwsError => new AwsError('ResourceNotFoundException', `${what} does not exist.`);

/** Buses and their rules; pure state. A rule may name a bus that another stack creates later. */
export const createBuses = ({ partition, region, account, clock }: World) => {
  const buses = new Map<string, EventBus>();
  const rules = new Map<string, Rule>();
  const arnPrefix = `arn:${partition}:events:${region}:${account}`;
  const ruleKey = (busName: string, ruleName: string) => `${busName}/${ruleName}`;

  const busArn = (name: string): string => `${arnPrefix}:event-bus/${name}`;

  const addBus = (name: string, description?: string): EventBus => {
    const bus = {
      name,
      arn: busArn(name),
      createdAtMs: clock.now(),
      ...(description !== undefined && { description }),
    };
    buses.set(name, bus);
    return bus;
  };
  addBus('default');

  return {
    addBus,
    busArn,
    ruleArn: (busName: string, ruleName: string): string =>
      `${arnPrefix}:rule/${busName === 'default' ? '' : `${busName}/`}${ruleName}`,
    all: (): readonly EventBus[] => [...buses.values()],
    find: (nameOrArn: string | undefined): EventBus | undefined => buses.get(busNameOf(nameOrArn)),
    bus: (nameOrArn: string | undefined): EventBus => {
      const found = buses.get(busNameOf(nameOrArn));
      if (!found) throw missing(`Event bus ${busNameOf(nameOrArn)}`);
      return found;
    },
    putRule: (rule: Rule) => {
      rules.set(ruleKey(rule.busName, rule.name), rule);
    },
    deleteRule: (busName: string, name: string) => {
      rules.delete(ruleKey(busName, name));
    },
    findRule: (busName: string, name: string): Rule | undefined => rules.get(ruleKey(busName, name)),
    rule: (busName: string, name: string): Rule => {
      const found = rules.get(ruleKey(busName, name));
      if (!found) throw missing(`Rule ${name}`);
      return found;
    },
    rulesOf: (busName: string): readonly Rule[] => [...rules.values()].filter((rule) => rule.busName === busName),
    rules: (): readonly Rule[] => [...rules.values()],
  };
};

export type Buses = ReturnType<typeof createBuses>;
