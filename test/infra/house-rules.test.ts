import { beforeAll, describe, expect, it } from '@jest/globals';
import { houseRules } from '../../lib/rules/house-rules.ts';
import type { Template } from '../../lib/rules/template.ts';
import { ruleContext } from '../support/rule-context.ts';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates, toTemplate } from '../support/templates.ts';

const SYNTHESIS_MS = 60_000;

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
});
