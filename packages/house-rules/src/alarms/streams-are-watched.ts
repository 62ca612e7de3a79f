import { functionBehind, streamMappingsIn } from '../messages/mappings.ts';
import { finding, type Rule } from '../template.ts';
import { alarmsOf } from './alarms-of.ts';

/** Each consumer of a stream has an alarm for falling behind it: records that expire are lost. */
export const streamsAreWatched: Rule = (template) =>
  streamMappingsIn(template)
    .filter((mapping) => {
      const name = functionBehind(template, mapping.properties.FunctionName)?.properties.FunctionName;
      return alarmsOf(template, 'IteratorAge', 'FunctionName', name).length === 0;
    })
    .map((mapping) => finding(template, mapping, 'has no alarm on IteratorAge'));
