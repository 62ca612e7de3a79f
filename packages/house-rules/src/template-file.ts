import type { Json, Resource, Template } from './template.ts';

/** A template as CDK writes it, as far as the rules and their tests read it. */
export interface TemplateFile {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties?: Resource['properties'];
        readonly DeletionPolicy?: string;
        readonly Metadata?: Readonly<Record<string, Json>>;
      }
    >
  >;
  readonly Outputs?: Readonly<Record<string, Json>>;
}

export const toTemplate = (stack: string, { Resources }: TemplateFile): Template => ({
  stack,
  resources: Object.entries(Resources).map(([logicalId, { Type, Properties = {}, DeletionPolicy }]) => ({
    logicalId,
    type: Type,
    properties: Properties,
    ...(DeletionPolicy === undefined ? {} : { deletionPolicy: DeletionPolicy }),
  })),
});
