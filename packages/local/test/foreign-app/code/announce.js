const { EventBridgeClient, PutEventsCommand } = require('@aws-sdk/client-eventbridge');

const bus = new EventBridgeClient({});

exports.handler = async ({ Records }) => {
  const signed = Records.filter(({ eventName }) => eventName === 'INSERT');
  if (signed.length === 0) return;
  const { FailedEntryCount } = await bus.send(
    new PutEventsCommand({
      Entries: signed.map(({ dynamodb }) => ({
        EventBusName: process.env.BUS,
        Source: 'guestbook',
        DetailType: 'signed',
        Detail: JSON.stringify({ id: dynamodb.Keys.id.S }),
      })),
    }),
  );
  if (FailedEntryCount) throw new Error(`${FailedEntryCount} entries were refused`);
};
