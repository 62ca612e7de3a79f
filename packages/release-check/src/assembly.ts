import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, Resource } from '@archipelago/house-rules';
import { CheckProblem, lastLines } from './problem.ts';
import { runProgram } from './program.ts';
import type { StackTemplate } from './rules/release.ts';

interface TemplateFile {
  readonly Resources: Readonly<
    Record<string, { Type: string; Properties?: Resource['properties']; DeletionPolicy?: string }>
  >;
  readonly Outputs?: Readonly<Record<string, Json>>;
}

const SUFFIX = '.template.json';

const stackTemplate = (stack: string, { Resources, Outputs = {} }: TemplateFile): StackTemplate => ({
  stack,
  outputs: Outputs,
  resources: Object.entries(Resources).map(([logicalId, { Type, Properties = {}, DeletionPolicy }]) => ({
    logicalId,
    type: Type,
    properties: Properties,
    ...(DeletionPolicy === undefined ? {} : { deletionPolicy: DeletionPolicy }),
  })),
});

const readStacks = async (assembly: string): Promise<readonly StackTemplate[]> => {
  const files = (await readdir(assembly)).filter((file) => file.endsWith(SUFFIX)).sort();
  return Promise.all(
    files.map(async (file) =>
      stackTemplate(file.slice(0, -SUFFIX.length), JSON.parse(await readFile(join(assembly, file), 'utf8'))),
    ),
  );
};

export interface Synthesis {
  readonly root: string;
  readonly stage: string;
  /** Says in messages which sources. */
  readonly label: string;
  readonly signal: AbortSignal;
}

/** Writes the assembly of one stage of the sources below `root` into a folder, as `cdk synth` does. */
export const synthesizeInto = async (assembly: string, { root, stage, label, signal }: Synthesis): Promise<void> => {
  const env = { ...process.env, CDK_OUTDIR: assembly, ARCHIPELAGO_STAGE: stage };
  const { code, output } = await runProgram(process.execPath, [join(root, 'bin/app.ts')], { cwd: root, env, signal });
  if (code === 0) return;
  throw new CheckProblem(
    `${label} cannot be synthesized:\n${lastLines(output)}`,
    `${label}, stage ${stage}`,
    `see that \`npx cdk synth -c stage=${stage}\` works there, or choose another commit or --stage`,
  );
};

/** The stacks of one stage of the sources below `root`. */
export const synthesizeStacks = async (synthesis: Synthesis): Promise<readonly StackTemplate[]> => {
  const assembly = await mkdtemp(join(tmpdir(), 'deploy-check-'));
  try {
    await synthesizeInto(assembly, synthesis);
    return await readStacks(assembly);
  } finally {
    await rm(assembly, { recursive: true, force: true });
  }
};
