import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObject } from '../../functions/kernel/values/json.ts';
import { readTemplates } from '../support/templates.ts';

const isThrottle = (key: string): boolean => key === 'DefaultRouteSettings' || key === 'RouteSettings';

/** A copy of the assembly without the stage's throttle, which would be what the benchmark measures. */
export const withoutThrottle = async (assembly: string): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'archipelago-bench-'));
  await cp(assembly, copy, { recursive: true });
  for (const [stack, template] of await readTemplates(assembly)) {
    const text = JSON.stringify(template, (key, value: unknown) => (isThrottle(key) ? undefined : value));
    await writeFile(join(copy, `${stack}.template.json`), text);
  }
  return copy;
};

/** The environment that the template gives a function. */
export const environmentOf = async (assembly: string, functionName: string): Promise<Record<string, string>> => {
  for (const { Resources } of (await readTemplates(assembly)).values()) {
    for (const { Type, Properties = {} } of Object.values(Resources)) {
      if (Type !== 'AWS::Lambda::Function' || Properties.FunctionName !== functionName) continue;
      const { Environment } = Properties;
      const variables = isObject(Environment) && isObject(Environment.Variables) ? Environment.Variables : {};
      return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
    }
  }
  throw new Error(`no template has the function ${functionName}`);
};
