import { at, finding, type Json, listOf, type Rule } from '../template.ts';
import { streamMappingsIn } from './mappings.ts';

const DAY_SECONDS = 86_400;

const problemsOf = (properties: Readonly<Record<string, Json>>): readonly string[] => {
  const retries = Number(properties.MaximumRetryAttempts ?? -1);
  const ageSeconds = Number(properties.MaximumRecordAgeInSeconds ?? -1);
  return [
    ...(properties.StartingPosition === 'TRIM_HORIZON' ? [] : ['skips what is in the stream when it is made']),
    ...(listOf(properties.FunctionResponseTypes).includes('ReportBatchItemFailures')
      ? []
      : ['takes no partial answer']),
    ...(properties.BisectBatchOnFunctionError === true ? [] : ['does not bisect']),
    ...(retries >= 0 ? [] : ['retries until the record expires']),
    ...(ageSeconds > 0 && ageSeconds < DAY_SECONDS ? [] : ['may lose records that expire in the stream']),
    ...(at(properties, 'DestinationConfig.OnFailure.Destination') === undefined ? ['forgets what it gives up'] : []),
  ];
};

/** A record in a stream is not skipped, and a bad one neither blocks those behind it nor gets lost. */
export const streamMappingsStepOverPoison: Rule = (template) =>
  streamMappingsIn(template).flatMap((mapping) =>
    problemsOf(mapping.properties).map((problem) => finding(template, mapping, problem)),
  );
