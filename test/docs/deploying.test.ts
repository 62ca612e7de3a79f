import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { prod } from '../../lib/config/stages/prod.ts';
import { withScopes } from './figures.ts';
import { pagesBelow, pagesIn, tableRows } from './markdown.ts';

const DEPLOYING = readFileSync('docs/deploying.md', 'utf8');
const GOLDEN = 'test/infra/golden/dev';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** Committed, and held to what is synthesized by test/infra/golden.test.ts. */
const templates: readonly Template[] = readdirSync(GOLDEN).map((file) =>
  JSON.parse(readFileSync(join(GOLDEN, file), 'utf8')),
);

const ofType = (type: string) =>
  templates.flatMap(({ Resources }) =>
    Object.entries(Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, { Properties = {} }]) => ({ id, Properties })),
  );

/** Whether a reference such as `{"Fn::GetAtt": [id, "Arn"]}` is anywhere in the value. */
const pointsAt = (value: unknown, id: string): boolean => JSON.stringify(value ?? null).includes(`["${id}"`);

/** Lines that deploy or destroy stacks by their names. */
const namesStacks = (text: string): readonly string[] =>
  text.split('\n').filter((line) => /(cdk (deploy|destroy)|npm run deploy --).* archipelago-[a-z]+-[a-z]/.test(line));

describe('docs/deploying.md', () => {
  it('asks at sign-in for every scope that a route needs; `npm run docs` writes them', () => {
    expect(withScopes(DEPLOYING)).toBe(DEPLOYING);
    expect(withScopes(DEPLOYING.replace('+users/read', ''))).toBe(DEPLOYING);
  });

  it('names outputs that the templates have', () => {
    const outputs = templates.flatMap(({ Outputs = {} }) => Object.keys(Outputs));
    const [, sentence = ''] = /\n(Read the API's URL[^\n]*)/.exec(DEPLOYING) ?? [];
    const named = [...sentence.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(named).toHaveLength(2);
    expect(named.filter((name) => !outputs.includes(String(name)))).toEqual([]);
  });

  it('says which callback URL prod has, as long as it is a placeholder', () => {
    expect(DEPLOYING.includes(prod.identity.callbackUrl)).toBe(prod.identity.callbackUrl.includes('.example'));
  });
});

describe('the pages', () => {
  it.each(['README.md', ...pagesBelow('docs')])('deploy and destroy a named stack alone: %s', (page) => {
    expect(namesStacks(readFileSync(page, 'utf8')).filter((line) => !line.includes('--exclusively'))).toEqual([]);
  });

  it('are found out with a command that takes other stacks along', () => {
    expect(namesStacks('npx cdk destroy -c stage=dev archipelago-dev-notifications')).toHaveLength(1);
    expect(namesStacks('npm run deploy -- -c stage=prod archipelago-prod-catalog')).toHaveLength(1);
    expect(namesStacks('npx cdk destroy -c stage=dev --all')).toEqual([]);
  });

  /** SQS moves messages back only from a queue that is the dead-letter queue of another queue. */
  it.each(pagesIn('docs/runbook').filter((page) => readFileSync(page, 'utf8').includes('start-message-move-task')))(
    'move messages back only from where SQS can: %s',
    (page) => {
      const queues = ofType('AWS::SQS::Queue');
      const isMovable = (id: string) => queues.some(({ Properties }) => pointsAt(Properties.RedrivePolicy, id));
      const watching = ofType('AWS::CloudWatch::Alarm')
        .filter(({ Properties }) => String(Properties.AlarmDescription).endsWith(page))
        .map(({ Properties }) => JSON.stringify(Properties.Dimensions));
      const watched = queues.filter(({ Properties }) =>
        watching.some((dimensions) => dimensions.includes(JSON.stringify(Properties.QueueName))),
      );
      expect(watched.length).toBeGreaterThan(0);
      expect(watched.filter(({ id }) => !isMovable(id)).map(({ id }) => id)).toEqual([]);
    },
  );
});

describe('docs/costs.md', () => {
  it('adds up', () => {
    const sums: number[] = [0];
    for (const [item = '', , usd = ''] of tableRows(readFileSync('docs/costs.md', 'utf8'))) {
      const amount = Number(/[\d.]+/.exec(usd)?.[0]);
      if (item === '**together**') {
        expect(Math.abs((sums.at(-1) ?? 0) - amount)).toBeLessThan(1.5);
        sums.push(0);
      } else sums.push((sums.pop() ?? 0) + amount);
    }
    expect(sums).toHaveLength(4);
  });
});
