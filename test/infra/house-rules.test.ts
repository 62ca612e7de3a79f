import { houseRules, ofType, type Template, toTemplate } from '@archipelago/house-rules';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ruleContext, runbook } from '../support/rule-context.ts';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates } from '../support/templates.ts';

const SYNTHESIS_MS = 60_000;

/** Pages of alarms that a stage does not have. */
const IDLE: Readonly<Record<string, readonly string[]>> = { dev: ['new-version-errors'] };

describe.each(['dev', 'prod'])('the templates of %s', (stage) => {
  const context = ruleContext(stage);
  let templates: readonly Template[] = [];

  beforeAll(async () => {
    const files = await readTemplates(await synthesize(stage));
    templates = [...files].map(([stack, file]) => toTemplate(stack, file));
  }, SYNTHESIS_MS);

  it.each(Object.entries(houseRules))('satisfy %s', (_name, rule) => {
    expect(templates.flatMap((template) => rule(template, context))).toEqual([]);
  });

  it('name every page of the runbook in an alarm', () => {
    const alarms = templates.flatMap((template) => ofType(template, 'AWS::CloudWatch::Alarm'));
    const named = alarms.map(({ properties }) => String(properties.AlarmDescription));
    const idle = runbook.filter((page) => !named.some((text) => text.endsWith(`docs/runbook/${page}.md`)));
    expect(idle).toEqual(IDLE[stage] ?? []);
  });
});
