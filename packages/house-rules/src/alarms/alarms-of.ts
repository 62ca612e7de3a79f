import { at, type Json, listOf, ofType, type Resource, type Template } from '../template.ts';

/** Alarms on one metric of one thing: by this dimension alone, so that no part of it is left out. */
export const alarmsOf = (
  template: Template,
  metric: string,
  dimension: string,
  value: Json | undefined,
): readonly Resource[] =>
  ofType(template, 'AWS::CloudWatch::Alarm').filter(({ properties }) => {
    const [only, ...others] = listOf(properties.Dimensions);
    return (
      properties.MetricName === metric &&
      others.length === 0 &&
      at(only, 'Name') === dimension &&
      value !== undefined &&
      at(only, 'Value') === value
    );
  });
