import {
  functionBehind,
  grantsIn,
  ofType,
  type Resource,
  referredIn,
  type Template,
  toTemplate,
} from '@archipelago/house-rules';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_WAIT_MS } from '../../functions/kernel/calls/peers.ts';
import { BUDGET_MS } from '../../functions/payments/provider/provider-call.ts';
import { synthesize } from '../support/synthesized.ts';
import { readTemplates } from '../support/templates.ts';

const SYNTHESIS_MS = 60_000;

/** Functions whose role may do this, with the time that each is given. */
const allowed = (template: Template, action: string): readonly Resource[] => {
  const roles = grantsIn(template)
    .filter(({ actions }) => actions.includes(action))
    .flatMap(({ resource }) => referredIn(resource.properties.Roles));
  return ofType(template, 'AWS::Lambda::Function').filter(({ properties }) =>
    referredIn(properties.Role).some((role) => roles.includes(role)),
  );
};

const timeouts = (functions: readonly (Resource | undefined)[]): Readonly<Record<string, number>> =>
  Object.fromEntries(functions.map((fn) => [String(fn?.logicalId), Number(fn?.properties.Timeout) * 1000]));

describe.each(['dev', 'prod'])('in %s a function is given more time than it may spend on', (stage) => {
  let templates: readonly Template[] = [];

  beforeAll(async () => {
    const files = await readTemplates(await synthesize(stage));
    templates = [...files].map(([stack, file]) => toTemplate(stack, file));
  }, SYNTHESIS_MS);

  it('the payment provider', () => {
    const readers = timeouts(templates.flatMap((template) => allowed(template, 'ssm:GetParameter')));
    const given = Object.fromEntries(Object.entries(readers).filter(([name]) => name !== 'InternalApi'));
    expect(Object.keys(given)).toEqual(['CapturePayment', 'RefundPayment']);
    expect(Object.entries(given).filter(([, ms]) => ms <= BUDGET_MS)).toEqual([]);
  });

  it('another service, which is given less', () => {
    const asking = timeouts(templates.flatMap((template) => allowed(template, 'lambda:InvokeFunctionUrl')));
    expect(Object.keys(asking)).toEqual(['PlaceOrder']);
    expect(Object.entries(asking).filter(([, ms]) => ms <= MAX_WAIT_MS)).toEqual([]);
    const answering = timeouts(
      templates.flatMap((template) =>
        ofType(template, 'AWS::Lambda::Url').map(({ properties }) =>
          functionBehind(template, properties.TargetFunctionArn),
        ),
      ),
    );
    expect(Object.keys(answering)).toEqual(['InternalApi']);
    expect(Object.entries(answering).filter(([, ms]) => ms >= MAX_WAIT_MS)).toEqual([]);
  });
});
