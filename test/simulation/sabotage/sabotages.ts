/** One change of bundles, in JavaScript as esbuild writes it: it puts a number behind a name that is there twice. */
export interface Patch {
  /** Names of the functions whose bundles are changed; every one of them holds the anchor once. */
  readonly functions: readonly string[];
  readonly anchor: RegExp;
  /** `$1` is what the first group of the anchor matched. */
  readonly instead: string;
}

/** A promise taken out of the code, and the invariant that must see it. */
export interface Sabotage {
  readonly name: string;
  readonly about: string;
  readonly patches: readonly Patch[];
  /** Also in the sound code that it is compared with: what makes the effect visible. */
  readonly probes?: readonly Patch[];
  /** The patched code is a release that serves beside the sound one, and not in its place. */
  readonly beside?: true;
  readonly scenario: string;
  /** The first that is tried. */
  readonly seed: number;
  /** How many are tried at most. */
  readonly seeds: number;
  /** As the violation names it. */
  readonly invariant: string;
}

const COMMIT = /checkCommit\d*\(writes\);/;

/** Runs a statement at the start of each commit of these functions, where `writes` and `commit` are known. */
const beforeCommit = (functions: readonly string[], statement: string): Patch => ({
  functions,
  anchor: COMMIT,
  instead: `${statement} $&`,
});

const changeWrites = (functions: readonly string[], change: string): Patch =>
  beforeCommit(functions, `writes = writes.map((write) => ${change});`);

const UNCONDITIONAL = '("item" in write ? { kind: "put", item: write.item } : write)';

export const SABOTAGES: readonly Sabotage[] = [
  {
    name: 'no-claim',
    about: 'a notification is sent without a claim on it',
    patches: [
      {
        functions: ['notify'],
        anchor: /await take\(\{ number: 1, untilMs \}\)/,
        instead: '{ number: 1, untilMs }',
      },
      changeWrites(['notify'], UNCONDITIONAL),
    ],
    probes: [
      {
        functions: ['notify'],
        anchor: /send: async \(\) => \{/,
        instead: 'send: async (_, handedOver) => { console.log(JSON.stringify({ handedOver }));',
      },
    ],
    scenario: 'duplicates',
    seed: 1,
    seeds: 10,
    invariant: 'I14 notify',
  },
  {
    name: 'stock-unconditional',
    about: 'stock is taken without asking whether there is any left',
    patches: [changeWrites(['reserve-stock'], 'write.kind === "adjust" ? { ...write, atLeast: undefined } : write')],
    scenario: 'hot-product',
    seed: 1,
    seeds: 10,
    invariant: 'I1 stock',
  },
  {
    name: 'no-version-gate',
    about: 'the consumer that reserves stock writes over whatever was written meanwhile',
    patches: [changeWrites(['reserve-stock'], UNCONDITIONAL)],
    scenario: 'duplicates',
    seed: 1,
    seeds: 10,
    invariant: 'I1 stock',
  },
  {
    name: 'published-before-commit',
    about: 'what announces reserved stock is committed before the stock is',
    patches: [
      beforeCommit(
        ['reserve-stock'],
        `const effects = writes.filter((write) => write.kind === "adjust");
        if (effects.length > 0 && effects.length < writes.length) {
          const announced = await commit(writes.filter((write) => write.kind !== "adjust"));
          return announced.kind === "committed" ? commit(effects) : announced;
        }`,
      ),
    ],
    scenario: 'hot-product',
    seed: 1,
    seeds: 10,
    invariant: 'I1 stock',
  },
  {
    name: 'stock-before-reservation',
    about: 'stock is taken in a commit of its own, right before that of its reservation',
    patches: [
      beforeCommit(
        ['reserve-stock'],
        `const effects = writes.filter((write) => write.kind === "adjust");
        if (effects.length > 0 && effects.length < writes.length) {
          const taken = await commit(effects);
          return taken.kind === "committed" ? commit(writes.filter((write) => write.kind !== "adjust")) : taken;
        }`,
      ),
    ],
    scenario: 'refused',
    seed: 1,
    seeds: 2,
    invariant: 'I1 stock at each step',
  },
  {
    name: 'key-of-nobody',
    about: 'an Idempotency-Key is the same key whoever sends it',
    patches: [
      {
        functions: ['place-order'],
        anchor: / = \(\{ principal, method, path, key \}\) => \(\{/,
        instead: ' = ({ method, path, key }, principal = "anyone") => ({',
      },
    ],
    scenario: 'shared-key',
    seed: 1,
    seeds: 5,
    invariant: 'I9 isolation',
  },
  {
    name: 'no-clock',
    about: 'an order that waits for its payment has no reminder',
    patches: [
      {
        functions: ['place-order', 'cancel-order', 'fulfil', 'check-deadline'],
        anchor: /commands\[(\w+)\]\(\),\s+(\w+\(checkDeadlineV1\d*, [^\n]+, waitAfter\d*\(attempt\)\))/,
        instead: 'commands[$1](), ...($1 === "payment" ? [] : [$2])',
      },
    ],
    scenario: 'impatient',
    seed: 1,
    seeds: 5,
    invariant: 'claim',
  },
  {
    name: 'renamed-member',
    about: 'the release beside sends and reads a member of a message by another name',
    patches: [
      {
        functions: ['relay'],
        anchor: /MessageBody: JSON\.stringify\(message\)/,
        instead: `MessageBody: JSON.stringify(message, (name, value) =>
          message.type !== "ReserveStock.v1" || name !== "data" ? value : { orderId: value.orderId, lines: value.items })`,
      },
      {
        functions: ['reserve-stock'],
        anchor: /read: \(\{ metadata, data \}\) => \{/,
        instead: 'read: ({ metadata, data: { lines: items, orderId } }) => { const data = { orderId, items };',
      },
    ],
    beside: true,
    scenario: 'two-releases',
    seed: 1,
    seeds: 3,
    invariant: 'I15 recovery',
  },
];
