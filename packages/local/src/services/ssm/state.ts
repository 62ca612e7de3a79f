import { AwsError } from '../../core/aws-call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';

export type ParameterType = 'String' | 'StringList';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly modifiedAtMs: number;
}

export interface ParameterStore {
  /** Throws AwsError when the parameter is there and `overwrite` is not set. */
  put(parameter: Pick<Parameter, 'name' | 'type' | 'value'>, overwrite: boolean): Parameter;
  /** By name, ARN, or either with `:version`. */
  find(nameOrArn: string): Parameter | undefined;
  remove(name: string): boolean;
  all(): readonly Parameter[];
  arnOf(name: string): string;
}

export const isParameterType = (value: Json | undefined): value is ParameterType =>
  value === 'String' || value === 'StringList';

/** Names that begin with a slash carry it into their ARN; the others get one. */
const arnPath = (name: string) => (name.startsWith('/') ? name : `/${name}`);

export const createParameterStore = ({ partition, region, account, clock }: World): ParameterStore => {
  const history = new Map<string, Parameter[]>();
  const arnOf = (name: string) => `arn:${partition}:ssm:${region}:${account}:parameter${arnPath(name)}`;

  const nameIn = (nameOrArn: string): string => {
    if (!nameOrArn.startsWith('arn:')) return nameOrArn;
    const path = nameOrArn.split(':parameter').at(1) ?? '';
    return history.has(path.replace(/:\d+$/, '')) ? path : path.slice(1);
  };

  return {
    put: ({ name, type, value }, overwrite) => {
      const versions = history.get(name) ?? [];
      if (versions.length > 0 && !overwrite) {
        const what =
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
        throw new AwsError('ParameterAlreadyExists', what);
      }
      const parameter = { name, type, value, version: versions.length + 1, modifiedAtMs: clock.now() };
      history.set(name, [...versions, parameter]);
      return parameter;
    },
    find: (nameOrArn) => {
      const [name = '', version] = nameIn(nameOrArn).split(':');
      const versions = history.get(name) ?? [];
      return version === undefined ? versions.at(-1) : versions[Number(version) - 1];
    },
    remove: (name) => history.delete(name),
    all: () => [...history.values()].flatMap((versions) => versions.slice(-1)),
    arnOf,
  };
};

/** A parameter as the API shows it. */
export const parameterForApi = (store: ParameterStore, parameter: Parameter): JsonObject => ({
  Name: parameter.name,
  Type: parameter.type,
  Value: parameter.value,
  Version: parameter.version,
  LastModifiedDate: parameter.modifiedAtMs / 1000,
  ARN: store.arnOf(parameter.name),
  DataType: 'text',
});
