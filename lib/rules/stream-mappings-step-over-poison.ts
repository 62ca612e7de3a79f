import { at, finding, type Json, listOf, ofType, type Resource, type Rule } from './template.ts';

const DAY_SECONDS = 86_400;

const isStream = ({ properties }: Resource) => JSON.stringify(properties.EventSourceArn).includes('StreamArn');

const problemsOf = (properties: Readonly<Record<string, Json>>): readonly string[] => {
  const retries = Number(properties.MaximumRetryAttempts ?? -1);
  const ageSeconds = Number(properties.MaximumRecordAgeInSeconds ?? -1);
  return [
    ...(listOf(properties.FunctionResponseTypes).includes('ReportBatchItemFailures')
      ? []
      : ['takes no partial answer']),
    ...(properties.BisectBatchOnFunctionError === true ? [] : ['does not bisect']),
    ...(retries >= 0 ? [] : ['retries until the record expires']),
    ...(ageSeconds > 0 && ageSeconds < DAY_SECONDS ? [] : ['may lose records that expire in the stream']),
    ...(at(properties, 'DestinationConfig.OnFailure.Destination') === undefined ? ['forgets what it gives up'] : []),
  ];
};

/** One bad record in a stream neither blocks those behind it nor gets lost. */
export const streamMappingsStepOverPoison: Rule = (template) =>
  ofType(template, 'AWS::Lambda::EventSourceMapping')
    .filter(isStream)
    .flatMap((mapping) => problemsOf(mapping.properties).map((problem) => finding(template, mapping, problem)));
