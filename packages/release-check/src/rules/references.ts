import { at, isObject, type Json } from '@archipelago/house-rules';
import type { Release, StackTemplate } from './release.ts';

/** One value of a stack that is another stack's output. */
export interface OutputReference {
  /** The stack and logical id (or output) that refers. */
  readonly stack: string;
  readonly logicalId: string;
  /** The stack referred to, and the name of its output. */
  readonly provider: string;
  readonly output: string;
}

type Found = readonly { readonly provider?: string; readonly output?: string; readonly exportName?: string }[];

const outputsNamedIn = (value: Json | undefined): Found => {
  if (Array.isArray(value)) return value.flatMap(outputsNamedIn);
  if (!isObject(value)) return [];
  const { 'Fn::GetStackOutput': read, 'Fn::ImportValue': imported } = value;
  if (isObject(read)) return [{ provider: String(read.StackName), output: String(read.OutputName) }];
  if (typeof imported === 'string') return [{ exportName: imported }];
  return Object.values(value).flatMap(outputsNamedIn);
};

const exportsOf = ({ stacks }: Release): ReadonlyMap<string, { readonly provider: string; readonly output: string }> =>
  new Map(
    stacks.flatMap(({ stack, outputs }) =>
      Object.entries(outputs).flatMap(([output, definition]) => {
        const name = at(definition, 'Export.Name');
        return typeof name === 'string' ? [[name, { provider: stack, output }] as const] : [];
      }),
    ),
  );

const partsOf = ({ resources, outputs }: StackTemplate): readonly { logicalId: string; value: Json }[] => [
  ...resources.map(({ logicalId, properties }) => ({ logicalId, value: properties })),
  ...Object.entries(outputs).map(([logicalId, value]) => ({ logicalId, value })),
];

/** Every use of one stack's output by another, weak (Fn::GetStackOutput) or strong (Fn::ImportValue). */
export const referencesIn = (release: Release): readonly OutputReference[] => {
  const exported = exportsOf(release);
  return release.stacks.flatMap((template) =>
    partsOf(template).flatMap(({ logicalId, value }) =>
      outputsNamedIn(value).flatMap(({ provider, output, exportName = '' }) => {
        const target = provider === undefined || output === undefined ? exported.get(exportName) : { provider, output };
        return target === undefined ? [] : [{ stack: template.stack, logicalId, ...target }];
      }),
    ),
  );
};
