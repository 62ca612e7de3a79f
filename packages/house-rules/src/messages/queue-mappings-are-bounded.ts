import { at, byId, finding, listOf, ofType, type Resource, type Rule, referredIn, type Template } from '../template.ts';
import { functionBehind } from './mappings.ts';

const VISIBILITY_PER_TIMEOUT = 6;

const problemsOf = (template: Template, mapping: Resource, queue: Resource): readonly string[] => {
  const visibility = Number(queue.properties.VisibilityTimeout ?? 30);
  const timeout = Number(functionBehind(template, mapping.properties.FunctionName)?.properties.Timeout ?? 3);
  return [
    ...(listOf(mapping.properties.FunctionResponseTypes).includes('ReportBatchItemFailures')
      ? []
      : ['takes no partial answer']),
    ...(at(mapping.properties, 'ScalingConfig.MaximumConcurrency') === undefined ? ['is not bounded'] : []),
    ...(visibility >= VISIBILITY_PER_TIMEOUT * timeout
      ? []
      : [`hides messages for ${visibility} s, six times the timeout is ${VISIBILITY_PER_TIMEOUT * timeout} s`]),
  ];
};

/** A consumer answers for each message, cannot flood what it calls, and is never overtaken by its own redelivery. */
export const queueMappingsAreBounded: Rule = (template) =>
  ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap((mapping) => {
    const source = byId(template, referredIn(mapping.properties.EventSourceArn)[0]);
    if (source?.type !== 'AWS::SQS::Queue') return [];
    return problemsOf(template, mapping, source).map((problem) => finding(template, mapping, problem));
  });
