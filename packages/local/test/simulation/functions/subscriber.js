const { setTimeout: sleep } = require('node:timers/promises');

const handle = ({ id, detail }) => console.log(JSON.stringify({ handled: detail.number, id }));

/** What becomes of an event that comes straight from the bus. */
const fates = {
  well: handle,
  fails: () => {
    throw new Error('not now');
  },
  exits: () => process.exit(3),
  hangs: () => sleep(60_000),
};

exports.handler = async (event) => {
  if (event.Records === undefined) return fates[event.detail.fate](event);
  for (const { body } of event.Records) handle(JSON.parse(body).requestPayload);
  return { batchItemFailures: [] };
};
