import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templatesIn } from '../support/templates.ts';

/** A copy of the assembly without the stage's throttle, which would be what the benchmark measures. */
export const withoutThrottle = (assembly: string): string => {
  const copy = mkdtempSync(join(tmpdir(), 'archipelago-bench-'));
  cpSync(assembly, copy, { recursive: true });
  for (const { path, template } of templatesIn(copy)) {
    const isThrottle = (key: string) => key === 'DefaultRouteSettings' || key === 'RouteSettings';
    writeFileSync(
      path,
      JSON.stringify(template, (key, value: unknown) => (isThrottle(key) ? undefined : value)),
    );
  }
  return copy;
};

/** The environment that the template gives a function. */
export const environmentOf = (assembly: string, functionName: string): Record<string, string> => {
  for (const { template } of templatesIn(assembly)) {
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type !== 'AWS::Lambda::Function' || Properties?.FunctionName !== functionName) continue;
      const environment = Properties.Environment as { readonly Variables?: Record<string, string> } | undefined;
      return { ...environment?.Variables };
    }
  }
  throw new Error(`no template has the function ${functionName}`);
};
