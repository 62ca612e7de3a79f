/** Replaces `${Name}` and `${Resource.Attribute}`; `${!Literal}` stays as `${Literal}` (CloudFormation, Fn::Sub). */
export const substitute = (template: string, textOf: (name: string) => string): string =>
  template.replace(/\$\{(!?)([^}]*)\}/g, (_match, literal: string, name: string) =>
    literal ? `\${${name}}` : textOf(name.trim()),
  );
