/** Versions that a condition names, or `*`: any, if it is there at all. */
export type NamedVersions = '*' | readonly number[];

/** What If-Match and If-None-Match ask of what a request changes. */
export interface Precondition {
  readonly oneOf?: NamedVersions;
  readonly noneOf?: NamedVersions;
}

const names = (versions: NamedVersions, version: number): boolean =>
  versions === '*' ? version > 0 : versions.includes(version);

/** Whether the change may happen at this version; 0 is that of what is not there. */
export const allows = ({ oneOf, noneOf }: Precondition, version: number): boolean =>
  (oneOf === undefined || names(oneOf, version)) && (noneOf === undefined || !names(noneOf, version));
