import { finding, isObject, type Json, listOf, ofType, type Resource, type Rule, referredIn } from '../template.ts';

const deniesPlainText = (statement: Json): boolean =>
  isObject(statement) &&
  statement.Effect === 'Deny' &&
  statement.Action === 'sqs:*' &&
  JSON.stringify(statement.Condition ?? {}).includes('"aws:SecureTransport":"false"');

const closedBy = ({ properties: { PolicyDocument: document, Queues: queues } }: Resource): readonly string[] =>
  isObject(document) && listOf(document.Statement).some(deniesPlainText) ? referredIn(queues) : [];

/** Every queue refuses what does not arrive over TLS. */
export const queuesDemandTls: Rule = (template) => {
  const closed = ofType(template, 'AWS::SQS::QueuePolicy').flatMap(closedBy);
  return ofType(template, 'AWS::SQS::Queue')
    .filter(({ logicalId }) => !closed.includes(logicalId))
    .map((queue) => finding(template, queue, 'is open to plain text'));
};
