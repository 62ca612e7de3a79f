import type { FunctionCall } from '@archipelago/local/simulation';
import { type Fault, targetOf } from '../faults.ts';
import type { Scenario, Stage } from '../stage.ts';
import { COMMANDS, type Command } from './commands.ts';
import { EFFECTS, type Effect, type Family } from './effects.ts';

/** One run: a command, and what becomes of the call of this number. */
export interface Crash {
  readonly command: Command;
  readonly effect: Effect;
  readonly number: number;
  /** The same becomes of each later call of that function to the same operation, until faults end. */
  readonly lasts: boolean;
}

/** Which calls are the same one again. */
const siteOf = (call: FunctionCall): string => {
  const { method, path } = call.request;
  return `${call.functionName} ${targetOf(call) || `${method} ${path.split('?')[0]}`}`;
};

/** The calls of the system's own functions, from the first one after this fault began. */
const counted = (name: string, onCall: (call: FunctionCall, number: number) => ReturnType<Fault['intercept']>) => {
  let calls = 0;
  const fault: Fault = {
    name,
    intercept: (call) => (call.functionName.includes('payment-provider') ? undefined : onCall(call, ++calls)),
  };
  return fault;
};

export const familyOf = ({ effect, lasts }: Crash): Family => {
  if (effect.kills) return 'killed';
  return lasts ? 'lasting' : 'once';
};

const faultOf = (crash: Crash): Fault & { readonly hasFired: () => boolean } => {
  const { command, effect, number, lasts } = crash;
  let site: string | undefined;
  const fault = counted(`${command.name}, ${familyOf(crash)}: ${effect.name}`, (call, calls) => {
    if (calls === number) {
      site = siteOf(call);
      return effect.of(call);
    }
    return lasts && site === siteOf(call) ? effect.of(call) : undefined;
  });
  return { ...fault, hasFired: () => site !== undefined };
};

/** How long a fault lasts that does, after the command would have been over without it. */
const LASTS_MS = 45_000;

const playUnder = async (stage: Stage, command: Command, fault: Fault, lastsMs: number): Promise<void> => {
  const { act, besides = [], afterwards } = await command.prepare(stage);
  stage.faults.begin([fault, ...besides]);
  await Promise.all([stage.simulation.sleep(command.takesMs + lastsMs), act()]);
  stage.faults.end();
  if (besides.length > 0) stage.faults.begin(besides);
  await afterwards?.();
  stage.faults.end();
};

const scenarioOf = ({ variables, endsPatience }: Command): Pick<Scenario, 'variables' | 'endsPatience'> => ({
  ...(variables && { variables }),
  ...(endsPatience && { endsPatience }),
});

/** The command without a fault; `onCall` receives each call of the system's functions meanwhile. */
export const golden = (command: Command, onCall: (call: FunctionCall) => void): Scenario => ({
  ...scenarioOf(command),
  name: command.name,
  about: command.about,
  play: (stage) => {
    const fault = counted('none', (call) => {
      onCall(call);
      return undefined;
    });
    return playUnder(stage, command, fault, 0);
  },
});

export const crashName = ({ command, effect, number, lasts }: Crash): string =>
  `${command.name}-${effect.name}-${lasts ? 'from-' : ''}${number}`;

const scenario = (crash: Crash): Scenario => ({
  ...scenarioOf(crash.command),
  name: crashName(crash),
  about: `${crash.command.about}; call ${crash.number} is ${crash.effect.name}`,
  play: async (stage) => {
    const fault = faultOf(crash);
    stage.expect(async () => [
      { subject: 'the fault', expected: 'fired', seen: fault.hasFired() ? 'fired' : 'not fired' },
    ]);
    await playUnder(stage, crash.command, fault, crash.lasts ? LASTS_MS : 0);
  },
});

const CRASH = /^([a-z]+)-([a-z-]+?)-(from-)?(\d+)$/;

/** `place-killed-before-17`: an order, and its 17th call ends its function. Undefined for another name. */
export const crashNamed = (name: string): Scenario | undefined => {
  const [, commandName, effectName, from, number] = CRASH.exec(name) ?? [];
  const command = COMMANDS.find((each) => each.name === commandName);
  const effect = EFFECTS.find((each) => each.name === effectName);
  return command && effect && scenario({ command, effect, number: Number(number), lasts: from !== undefined });
};
