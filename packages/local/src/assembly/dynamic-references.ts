import { StartError } from '../core/start-error.ts';
import type { PropertyPath, Scope } from './scope.ts';

const REFERENCE = /\{\{resolve:([a-z-]+):([^}]*)\}\}/g;

/** `{{resolve:ssm:/name}}` and `{{resolve:ssm:/name:3}}`; a parameter has one version here. */
export const resolveDynamicReferences = (text: string, scope: Scope, at: PropertyPath): string => {
  if (!text.includes('{{resolve:')) return text;
  return text.replace(REFERENCE, (reference, service: string, rest: string) => {
    if (service !== 'ssm') {
      throw new StartError(
        `the dynamic reference ${reference} is not emulated`,
        `${scope.where}, property ${at.join('.')}`,
        'read the value from an SSM parameter, or at run time',
      );
    }
    return scope.ssmParameter(rest.replace(/:\d+$/, ''), at);
  });
};
