import type { FunctionCall, InProcessAnswer, Interception, Interceptor } from '@archipelago/local/simulation';

export interface Fault {
  /** As the table at the end names it. */
  readonly name: string;
  /** It belongs to what is asked for and not to how it is: it stays on when faults go off. */
  readonly lasting?: true;
  readonly intercept: (call: FunctionCall) => Interception | undefined;
}

/** An error as AWS answers it. */
export const answer = (status: number, type: string): InProcessAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': type },
  body: Buffer.from(JSON.stringify({ __type: `com.amazonaws#${type}`, message: 'a planned fault' })),
});

export const broken = (code: 'ECONNREFUSED' | 'ECONNRESET'): InProcessAnswer => ({
  status: 0,
  headers: {},
  body: Buffer.alloc(0),
  code,
});

export const targetOf = ({ request }: FunctionCall): string => request.headers['x-amz-target'] ?? '';

export const isProviderCall = ({ request }: FunctionCall): boolean =>
  request.method === 'POST' && /^\/(charges|voids|refunds)$/.test(request.path);

/** The payment provider's address refuses connections. */
export const providerAway = (length: string): Fault => ({
  name: `provider away for ${length}`,
  intercept: (call) => (isProviderCall(call) ? { when: 'before', what: broken('ECONNREFUSED') } : undefined),
});

const REFUSED_TOKEN = /"token":"tok_refused_(4\d\d)"/;

/** The provider refuses a charge for good when its token ends in this status; no word of its answer is known to callers. */
export const CHARGE_REFUSED: Fault = {
  name: 'charge refused for good',
  lasting: true,
  intercept: (call) => {
    const [, status] = REFUSED_TOKEN.exec(isProviderCall(call) ? Buffer.from(call.request.body).toString() : '') ?? [];
    if (status === undefined) return undefined;
    const problem = { type: 'https://provider.example/refused', title: 'Refused', status: Number(status) };
    const headers = { 'content-type': 'application/problem+json' };
    return { when: 'before', what: { status: Number(status), headers, body: Buffer.from(JSON.stringify(problem)) } };
  },
};

export interface Faults extends Pick<Interceptor, 'intercept'> {
  /** Counts what came about without being begun here. */
  count(name: string): void;
  begin(faults: readonly Fault[]): void;
  /** All of them but those that last. */
  end(): void;
  /** How often each has fired. */
  fired(): ReadonlyMap<string, number>;
  /** By function, how many of its calls they met. */
  struck(): ReadonlyMap<string, number>;
}

/** The faults that are on now, and how often each fired. `takesPlace` is asked of each that would fire. */
export const createFaults = (onChange: (text: string) => void, takesPlace: () => boolean = () => true): Faults => {
  let now: readonly Fault[] = [];
  const fired = new Map<string, number>();
  const struck = new Map<string, number>();
  const add = (to: Map<string, number>, name: string) => to.set(name, (to.get(name) ?? 0) + 1);
  const count = (name: string) => void add(fired, name);
  return {
    count,
    intercept: (call) => {
      for (const { name, intercept } of now) {
        const what = intercept(call);
        if (!what || !takesPlace()) continue;
        count(name);
        add(struck, call.functionName);
        return what;
      }
      return undefined;
    },
    begin: (faults) => {
      now = [...now.filter((fault) => fault.lasting), ...faults];
      onChange(`faults on: ${faults.map(({ name }) => name).join(', ')}`);
    },
    end: () => {
      const lasting = now.filter((fault) => fault.lasting);
      if (now.length > lasting.length) onChange('faults off');
      now = lasting;
    },
    fired: () => fired,
    struck: () => struck,
  };
};
