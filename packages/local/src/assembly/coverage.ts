import type { ResourceType } from '../core/emulated-service.ts';
import { isList, isObject, type Json } from '../core/json.ts';
import type { PropertyPath } from './scope.ts';

export type Verdict =
  | { readonly kind: 'honoured' }
  | { readonly kind: 'notEmulated'; readonly reason: string }
  | { readonly kind: 'unknown' };

interface Node {
  verdict?: Verdict;
  readonly children: Map<string, Node>;
}

/** Says of each property path of one resource type whether it has its effect here. The longest declared path decides. */
export interface PropertyVerdicts {
  verdictOf(path: PropertyPath): Verdict;
  /** Every path that a resource sets, cut at the depth where the verdict no longer changes. */
  walk(properties: Json): ReadonlyMap<string, Verdict>;
}

const UNKNOWN: Verdict = { kind: 'unknown' };

const nodeAt = (root: Node, path: string): Node => {
  let node = root;
  for (const key of path === '*' ? [] : path.split('.')) {
    const next = node.children.get(key) ?? { children: new Map() };
    node.children.set(key, next);
    node = next;
  }
  return node;
};

const treeOf = ({ honoured, notEmulated = {} }: ResourceType): Node => {
  const root: Node = { children: new Map() };
  for (const path of honoured) nodeAt(root, path).verdict = { kind: 'honoured' };
  for (const [path, reason] of Object.entries(notEmulated)) {
    nodeAt(root, path).verdict = { kind: 'notEmulated', reason };
  }
  return root;
};

const walkInto = (
  found: Map<string, Verdict>,
  value: Json,
  node: Node | undefined,
  inherited: Verdict,
  path: string,
) => {
  const verdict = node?.verdict ?? inherited;
  if (node && node.children.size > 0 && isList(value)) {
    for (const item of value) walkInto(found, item, node, inherited, path);
    return;
  }
  if (node && node.children.size > 0 && isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      walkInto(found, inner, node.children.get(key), verdict, path ? `${path}.${key}` : key);
    }
    return;
  }
  if (path) found.set(path, verdict);
};

export const propertyVerdicts = (type: ResourceType): PropertyVerdicts => {
  const root = treeOf(type);
  return {
    verdictOf: (path) => {
      let node: Node | undefined = root;
      let verdict = root.verdict ?? UNKNOWN;
      for (const key of path) {
        node = node?.children.get(key);
        verdict = node?.verdict ?? verdict;
      }
      return verdict;
    },
    walk: (properties) => {
      const found = new Map<string, Verdict>();
      const entries = isObject(properties) ? Object.entries(properties) : [];
      for (const [key, value] of entries) {
        walkInto(found, value, root.children.get(key), root.verdict ?? UNKNOWN, key);
      }
      return found;
    },
  };
};
