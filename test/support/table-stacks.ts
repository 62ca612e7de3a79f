interface Resource {
  readonly stack: string;
  readonly type: string;
}

/** Names of the stacks that have tables, from the answer of `GET /control/resources`. */
export const tableStacks = (answer: string): readonly string[] => {
  const { resources }: { readonly resources: readonly Resource[] } = JSON.parse(answer);
  const stacks = resources.filter(({ type }) => /^AWS::DynamoDB::(Global)?Table$/.test(type)).map(({ stack }) => stack);
  return [...new Set(stacks)].sort();
};
