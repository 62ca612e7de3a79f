import { at, finding, ofType, type Rule } from '../template.ts';

const EXPECTED = { Runtime: 'nodejs24.x', 'TracingConfig.Mode': 'Active' } as const;

const REQUIRED = ['Architectures', 'FunctionName', 'MemorySize', 'Timeout', 'LoggingConfig.LogGroup'];

/** Every function says what it runs on and how long, is traced, and logs where somebody set a retention. */
export const functionsAreComplete: Rule = (template) =>
  ofType(template, 'AWS::Lambda::Function').flatMap((fn) => {
    const wrong = Object.entries(EXPECTED)
      .filter(([path, value]) => at(fn.properties, path) !== value)
      .map(([path, value]) => `${path} is not ${value}`);
    const missing = REQUIRED.filter((path) => at(fn.properties, path) === undefined).map((path) => `has no ${path}`);
    return [...wrong, ...missing].map((problem) => finding(template, fn, problem));
  });
