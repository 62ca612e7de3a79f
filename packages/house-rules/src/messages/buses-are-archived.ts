import { finding, ofType, type Rule, referredIn } from '../template.ts';

/** What was published can be replayed. */
export const busesAreArchived: Rule = (template) => {
  const archived = ofType(template, 'AWS::Events::Archive').flatMap(({ properties }) =>
    referredIn(properties.SourceArn),
  );
  return ofType(template, 'AWS::Events::EventBus')
    .filter(({ logicalId }) => !archived.includes(logicalId))
    .map((bus) => finding(template, bus, 'has no archive'));
};
