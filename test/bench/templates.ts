import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

const templatesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => {
      const template: Template = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return { path: join(folder, name), template };
    });

/** A copy of the assembly without the stage's throttle, which would be what the benchmark measures. */
export const withoutThrottle = (assembly: string): string => {
  const copy = mkdtempSync(join(tmpdir(), 'archipelago-bench-'));
  cpSync(assembly, copy, { recursive: true });
  for (const { path, template } of templatesIn(copy)) {
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type !== 'AWS::ApiGatewayV2::Stage' || !Properties) continue;
      delete Properties.DefaultRouteSettings;
      delete Properties.RouteSettings;
    }
    writeFileSync(path, JSON.stringify(template));
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
