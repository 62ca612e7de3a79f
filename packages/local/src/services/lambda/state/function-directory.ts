import { AwsError } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import { type FunctionAddress, parseFunctionAddress } from './function-address.ts';
import type { LambdaFunction } from './lambda-function.ts';

export const LATEST = '$LATEST';

export interface Alias {
  readonly version: string;
  /** Version → share of the invocations it takes from the alias's own version, in [0, 1]. */
  readonly weights: Readonly<Record<string, number>>;
}

/** What one invocation runs. */
export interface ResolvedFunction {
  readonly fn: LambdaFunction;
  readonly version: string;
  /** As invoked, with the qualifier if one was given. */
  readonly invokedArn: string;
  readonly qualifier: string;
}

/** Every function of the assembly with its versions and aliases. */
export interface FunctionDirectory {
  /** Takes the place of a function of the same name. */
  add(fn: LambdaFunction): void;
  remove(functionName: string): void;
  /** The next version number of a function. */
  publishVersion(functionName: string): string;
  /** `$LATEST` and every published version. */
  versions(functionName: string): readonly string[];
  addAlias(functionName: string, name: string, alias: Alias): void;
  removeAlias(functionName: string, name: string): void;
  all(): readonly LambdaFunction[];
  /** Undefined for one that is gone. */
  named(functionName: string): LambdaFunction | undefined;
  find(address: FunctionAddress): LambdaFunction;
  resolve(nameOrArn: string, qualifier?: string): ResolvedFunction;
}

const choose = (alias: Alias, dice: number): string => {
  let below = 0;
  for (const [version, weight] of Object.entries(alias.weights)) {
    below += weight;
    if (dice < below) return version;
  }
  return alias.version;
};

export const createFunctionDirectory = (world: World): FunctionDirectory => {
  const functions = new Map<string, LambdaFunction>();
  const versions = new Map<string, number>();
  const aliases = new Map<string, Alias>();

  const notFound = (fn: string, qualifier?: string) => {
    const arn = `arn:${world.partition}:lambda:${world.region}:${world.account}:function:${fn}`;
    return new AwsError(
      'ResourceNotFoundException',
      `Function not found: ${qualifier ? `${arn}:${qualifier}` : arn}`,
      404,
    );
  };
  const find = ({ name, qualifier }: FunctionAddress) => {
    const fn = functions.get(name);
    if (!fn) throw notFound(name, qualifier);
    return fn;
  };
  const versionOf = (name: string, qualifier: string): string => {
    if (qualifier === LATEST) return LATEST;
    const alias = aliases.get(`${name}:${qualifier}`);
    if (alias) return choose(alias, Object.keys(alias.weights).length > 0 ? world.random.next() : 1);
    const number = Number(qualifier);
    if (Number.isInteger(number) && number >= 1 && number <= (versions.get(name) ?? 0)) return qualifier;
    throw notFound(name, qualifier);
  };

  return {
    add: (fn) => {
      functions.set(fn.name, fn);
    },
    remove: (functionName) => {
      functions.delete(functionName);
    },
    publishVersion: (functionName) => {
      const version = (versions.get(functionName) ?? 0) + 1;
      versions.set(functionName, version);
      return String(version);
    },
    versions: (functionName) => [
      LATEST,
      ...Array.from({ length: versions.get(functionName) ?? 0 }, (_, index) => String(index + 1)),
    ],
    addAlias: (functionName, name, alias) => {
      aliases.set(`${functionName}:${name}`, alias);
    },
    removeAlias: (functionName, name) => {
      aliases.delete(`${functionName}:${name}`);
    },
    all: () => [...functions.values()],
    named: (functionName) => functions.get(functionName),
    find,
    resolve: (nameOrArn, qualifier) => {
      const address = parseFunctionAddress(nameOrArn, qualifier);
      const fn = find(address);
      return {
        fn,
        version: versionOf(fn.name, address.qualifier ?? LATEST),
        invokedArn: address.qualifier ? `${fn.arn}:${address.qualifier}` : fn.arn,
        qualifier: address.qualifier ?? LATEST,
      };
    },
  };
};
