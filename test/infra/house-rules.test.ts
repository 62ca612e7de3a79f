import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { houseRules } from '../../lib/rules/house-rules.ts';
import type { Template } from '../../lib/rules/template.ts';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates, toTemplate } from '../support/templates.ts';

const SYNTHESIS_MS = 60_000;

describe.each([
  ['dev', false],
  ['prod', true],
])('the templates of %s', (stage, keepsData) => {
  let templates: readonly Template[] = [];
  let runbook: readonly string[] = [];

  beforeAll(async () => {
    const files = await readTemplates(await synthesize(stage));
    templates = [...files].map(([stack, file]) => toTemplate(stack, file));
    const pages = await readdir(join(import.meta.dirname, '../../docs/runbook'));
    runbook = pages.map((page) => page.replace(/\.md$/, ''));
  }, SYNTHESIS_MS);

  it.each(Object.entries(houseRules))('satisfy %s', (_name, rule) => {
    expect(templates.flatMap((template) => rule(template, { keepsData, runbook }))).toEqual([]);
  });
});
