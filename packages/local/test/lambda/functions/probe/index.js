let invocations = 0;

export const echo = async (event) => event;

export const count = async () => ++invocations;

export const environment = async () => ({ ...process.env });

export const describeContext = async (_event, context) => ({
  ...context,
  remainingMs: context.getRemainingTimeInMillis(),
  traceId: process.env._X_AMZN_TRACE_ID,
});

/** Both answer at once an event that asks them to. */
export const hang = ({ brief }) => {
  if (brief) return Promise.resolve('brief');
  setInterval(() => console.log('still here'), 5);
  return new Promise((resolve) => setTimeout(resolve, 60_000));
};

export const never = () => new Promise(() => undefined);

export const spin = async ({ brief }) => {
  if (brief) return 'brief';
  for (;;);
};

export const exhaustMemory = () => {
  const held = [];
  for (;;) held.push(new Array(100_000).fill(held.length));
};

export const rejectUnhandled = async () => {
  void Promise.reject(new TypeError('nobody waits for this'));
  await new Promise((resolve) => setTimeout(resolve, 60_000));
};

export const leave = () => process.exit(3);

export const fail = async (event) => {
  throw new RangeError(event.message ?? 'out of range');
};

export const print = async () => {
  console.log('plain %s', 'words');
  console.warn(JSON.stringify({ level: 'WARN', message: 'structured', orderId: 'o-1' }));
  process.stdout.write('two\nlines');
};

let ticks = 0;
let ticking = false;
export const keepTicking = async () => {
  if (!ticking)
    setInterval(() => {
      ticks++;
    }, 1);
  ticking = true;
  return ticks;
};

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const takeTime = async (event) => {
  await delay(event.ms ?? 5);
  return { environment: process.env.AWS_LAMBDA_LOG_STREAM_NAME };
};

export const large = async (event) => 'x'.repeat(event.length);

export const takesCallback = (_event, _context, callback) => callback(null, 'called back');

export const http = async (event) => ({
  statusCode: 201,
  headers: { 'X-Seen': event.rawPath },
  cookies: ['a=1', 'b=2'],
  body: JSON.stringify(event),
});

export const printEvent = async (event) => console.log(JSON.stringify(event));

/** Fails the messages whose body says so: `poison` throws, `fail` is reported. */
export const consume = async (event) => {
  const bodies = event.Records.map(({ body }) => body);
  console.log(JSON.stringify({ bodies }));
  if (bodies.includes('poison')) throw new Error('poisoned');
  if (bodies.includes('malformed')) return { batchItemFailures: 'all of them' };
  if (bodies.includes('unknown')) return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };
  const failed = event.Records.filter(({ body }) => body === 'fail');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

export const project = async (event) => {
  const ids = event.Records.map(({ dynamodb }) => dynamodb.NewImage.id.S);
  console.log(JSON.stringify({ ids }));
  if (ids.some((id) => id.startsWith('poison'))) throw new Error('poisoned');
  const failed = event.Records.filter(({ dynamodb }) => dynamodb.NewImage.id.S.startsWith('fail'));
  return { batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};

/** What the time is, by every way to ask for it. */
export const time = () => ({
  now: Date.now(),
  made: Number(Reflect.construct(Date, [])),
  given: new Date(5).getTime(),
  text: new Date(Date()).getTime(),
  isDate: new Date() instanceof Date,
});

/** Answers, and does what it is asked to right behind its answer. */
export const trouble = async ({ rawQueryString: kind }) => {
  if (kind === 'reject') void Promise.reject(new TypeError('behind the answer'));
  if (kind === 'throw') {
    setImmediate(() => {
      throw new TypeError('behind the answer');
    });
  }
  if (kind === 'exit') setImmediate(() => process.exit(3));
  if (kind === 'memory') setImmediate(exhaustMemory);
  return 'early';
};

/** A header of an answer, as the query says. */
export const header = async ({ queryStringParameters: { name, value } }) => ({
  statusCode: 200,
  headers: { [name]: value },
  body: '',
});

export const throwNothing = async () => {
  throw new Error('');
};
