/** Ends an exhaustive switch: a new member of the union stops compiling here. */
export const never = (value: never): never => {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
};
