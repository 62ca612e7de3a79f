import type { DeployRule, Refusal, Release, StoredKind } from './release.ts';

const unread = ({ file, aggregate, type, reads }: StoredKind, after: Release): readonly Refusal[] => {
  const name = `${type}.v${reads}`;
  const later = after.storedKinds.find((kind) => kind.aggregate === aggregate && kind.type === type);
  if (later !== undefined && later.reads >= reads) return [];
  return [
    {
      subject: `${aggregate}/${name}`,
      what: `${name} would no longer be read`,
      where: file,
      why: 'tables keep every event that was ever stored; a stream with one that is not read cannot be used',
      remedy: 'bring its reader back; a type that is no longer stored has writes 0 and stays in the union',
    },
  ];
};

const reshaped = ({ file, aggregate, type, reads, shape }: StoredKind, after: Release): readonly Refusal[] => {
  const name = `${type}.v${reads}`;
  const later = after.storedKinds.find((kind) => kind.aggregate === aggregate && kind.type === type);
  if (later === undefined || later.reads !== reads || later.shape === shape) return [];
  return [
    {
      subject: `${aggregate}/${name}`,
      what: `${name} would get another shape under the same version`,
      where: `${file}: was ${shape}, is ${later.shape}`,
      why: 'what is stored keeps the old shape, and the release before reads the old one only',
      remedy: `make the new shape version ${reads + 1}, with an upcaster from version ${reads}`,
    },
  ];
};

/** What is stored stays as it is for ever, and is read for ever. */
export const storedEventsStayReadable: DeployRule = (before, after) =>
  before.storedKinds.flatMap((kind) => [...unread(kind, after), ...reshaped(kind, after)]);

/** The examples of what releases have stored are only added to. */
export const storedExamplesStay: DeployRule = (before, after) =>
  Object.entries(before.storedExamples)
    .filter(([path, text]) => after.storedExamples[path] !== text)
    .map(([path]) => ({
      subject: path,
      what: `${path} would be ${path in after.storedExamples ? 'changed' : 'removed'}`,
      where: path,
      why: 'it shows what a release has stored, which no later release can change',
      remedy: 'bring it back as it was; add a file for what is stored now',
    }));
