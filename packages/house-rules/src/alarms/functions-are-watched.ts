import { finding, ofType, type Rule } from '../template.ts';
import { alarmsOf } from './alarms-of.ts';

const METRICS = ['Errors', 'Throttles', 'Duration'];

/** Every function has an alarm for failing, for being turned away and for coming close to its timeout. */
export const functionsAreWatched: Rule = (template) =>
  ofType(template, 'AWS::Lambda::Function').flatMap((fn) =>
    METRICS.filter((metric) => alarmsOf(template, metric, 'FunctionName', fn.properties.FunctionName).length === 0).map(
      (metric) => finding(template, fn, `has no alarm on ${metric}`),
    ),
  );
