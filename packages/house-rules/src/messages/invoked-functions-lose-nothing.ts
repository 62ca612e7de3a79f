import { roleMay } from '../access/role-may.ts';
import { at, byId, finding, listOf, ofType, type Resource, type Rule, referredIn, type Template } from '../template.ts';
import { functionBehind } from './mappings.ts';

/** What says what becomes of events that the function of an alias fails on. */
const settingsOf = (template: Template, alias: Resource, fn: Resource | undefined): Resource | undefined =>
  ofType(template, 'AWS::Lambda::EventInvokeConfig').find(
    ({ properties: { FunctionName: name, Qualifier: qualifier } }) =>
      qualifier === alias.properties.Name &&
      (name === fn?.properties.FunctionName || referredIn(name).some((id) => id === fn?.logicalId)),
  );

const isLetIn = (template: Template, alias: Resource): boolean =>
  ofType(template, 'AWS::Lambda::Permission').some(
    ({ properties: { Principal: principal, FunctionName: name } }) =>
      principal === 'events.amazonaws.com' && referredIn(name).includes(alias.logicalId),
  );

const problemsOfSettings = (template: Template, fn: Resource | undefined, settings: Resource): readonly string[] => {
  const { properties } = settings;
  const destination = at(properties, 'DestinationConfig.OnFailure.Destination');
  if (destination === undefined) return ['loses what its function fails on'];
  return [
    ...(properties.MaximumRetryAttempts === undefined || properties.MaximumEventAgeInSeconds === undefined
      ? ['leaves to AWS how often and for how long its function is invoked']
      : []),
    ...(roleMay(template, fn, 'sqs:SendMessage', referredIn(destination)[0])
      ? []
      : ['invokes a function whose role may not pass on what failed']),
  ];
};

const problemsOf = (template: Template, alias: Resource): readonly string[] => {
  const fn = functionBehind(template, { Ref: alias.logicalId });
  const settings = settingsOf(template, alias, fn);
  return [
    ...(isLetIn(template, alias) ? [] : ['may not invoke its function']),
    ...(settings ? problemsOfSettings(template, fn, settings) : ['loses what its function fails on']),
  ];
};

/** Nothing waits for the answer of a function that a rule invokes: what it fails on goes where somebody looks. */
export const invokedFunctionsLoseNothing: Rule = (template) =>
  ofType(template, 'AWS::Events::Rule').flatMap((rule) =>
    listOf(rule.properties.Targets).flatMap((target) => {
      const alias = byId(template, referredIn(at(target, 'Arn'))[0]);
      if (alias?.type !== 'AWS::Lambda::Alias') return [];
      return problemsOf(template, alias).map((problem) => finding(template, rule, problem));
    }),
  );
