import type { JsonObject } from '../core/json.ts';
import type { AssetLocator } from '../core/ports.ts';

/** One entry of a template's `Resources`, as written. */
export interface TemplateResource {
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
}

/** One stack of the assembly: its physical name and its template, intrinsics unresolved. */
export interface Stack {
  readonly name: string;
  readonly file: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Values that the manifest gives for parameters; they win over the template's defaults. */
  readonly parameterValues: JsonObject;
  readonly parameters: JsonObject;
  readonly conditions: JsonObject;
  readonly mappings: JsonObject;
  readonly outputs: JsonObject;
  readonly resources: ReadonlyMap<string, TemplateResource>;
}

export interface Assembly {
  readonly folder: string;
  readonly stacks: readonly Stack[];
  readonly assets: AssetLocator;
  /** Where the stacks say they are deployed to, when they name one account and region. */
  readonly account?: string;
  readonly region?: string;
}
