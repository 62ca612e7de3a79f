import { byId, type Json, ofType, type Resource, referredIn, type Template } from '../template.ts';

/** The function that a trigger's reference leads to, by its alias or without. */
export const functionBehind = (template: Template, reference: Json | undefined): Resource | undefined => {
  const target = byId(template, referredIn(reference)[0]);
  return target?.type === 'AWS::Lambda::Alias' ? byId(template, referredIn(target.properties.FunctionName)[0]) : target;
};

export const streamMappingsIn = (template: Template): readonly Resource[] =>
  ofType(template, 'AWS::Lambda::EventSourceMapping').filter(({ properties }) =>
    JSON.stringify(properties.EventSourceArn ?? '').includes('StreamArn'),
  );
