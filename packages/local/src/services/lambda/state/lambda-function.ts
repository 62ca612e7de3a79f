import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { refuse, templateValues, textsOf } from '../../../assembly/values.ts';
import type { Identity, Resource } from '../../../core/emulated-service.ts';
import { physicalName } from '../../../core/physical-name.ts';
import type { AssetLocator, NetworkPlace } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';

/** One AWS::Lambda::Function as the template configures it. */
export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  readonly handler: string;
  readonly runtime: string;
  readonly roleArn: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly reservedConcurrency: number | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly deadLetterArn: string | undefined;
  readonly logging: { readonly group: string; readonly format: string; readonly level: string | undefined };
  readonly traced: boolean;
  /** Where it stands in a virtual private cloud; undefined when it is in none. */
  readonly place: NetworkPlace | undefined;
  /** The folder its source bundle is built in, when the template's metadata names one. */
  readonly bundle: string | undefined;
  /** Where the code lies now; a reload moves it. */
  codeFolder: string;
}

/** Where a function's bundle is built, as an absolute path; undefined when its template names none. */
export const bundleFolderOf = ({ bundle }: Pick<LambdaFunction, 'bundle'>): string | undefined =>
  bundle === undefined ? undefined : resolve(bundle);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

const LONGEST_NAME = 64;

/** Cut as CloudFormation cuts it: in the middle, so that the suffix keeps names apart. */
const generatedName = (resource: Resource): string => {
  const name = physicalName(resource);
  const suffix = name.slice(name.lastIndexOf('-'));
  return name.length <= LONGEST_NAME ? name : name.slice(0, LONGEST_NAME - suffix.length) + suffix;
};

export const functionIdentity = (world: World, resource: Resource): Identity => {
  const name = templateValues(resource).text('FunctionName') ?? generatedName(resource);
  const arn = `arn:${world.partition}:lambda:${world.region}:${world.account}:function:${name}`;
  return { ref: name, attributes: { Arn: arn } };
};

/** Writes a template's `ZipFile` text as Lambda does, as `index.js`, into a folder that goes when the runtime ends. */
const writeInlineCode = (world: World, source: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'inline-function-'));
  writeFileSync(join(folder, 'index.js'), source);
  world.onStop(`inline code ${folder}`, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const locateCode = (world: World, resource: Resource, assets: () => AssetLocator): string => {
  const code = templateValues(resource, templateValues(resource).object('Code'));
  const inline = code.text('ZipFile');
  if (inline !== undefined) return writeInlineCode(world, inline);
  const bucket = code.text('S3Bucket');
  const key = code.text('S3Key');
  if (!bucket || !key)
    throw refuse(resource, 'its code is neither inline nor an asset', 'give Code a ZipFile, or S3Bucket and S3Key');
  const folder = assets().locate(bucket, key);
  if (!folder || !existsSync(folder))
    throw refuse(resource, `its code ${bucket}/${key} is not an asset of this assembly`, 'synthesize again');
  if (!statSync(folder).isDirectory())
    throw refuse(resource, `its code ${folder} is a file`, 'make the asset a folder');
  return folder;
};

const loggingOf = (resource: Resource, name: string): LambdaFunction['logging'] => {
  const logging = templateValues(resource, templateValues(resource).object('LoggingConfig'));
  const format = logging.text('LogFormat') ?? 'Text';
  return {
    group: logging.text('LogGroup') ?? `/aws/lambda/${name}`,
    format,
    level: format === 'JSON' ? (logging.text('ApplicationLogLevel') ?? 'INFO') : undefined,
  };
};

const placeOf = (resource: Resource): NetworkPlace | undefined => {
  const { SecurityGroupIds, SubnetIds } = templateValues(resource).object('VpcConfig');
  const place = { securityGroups: textsOf(SecurityGroupIds), subnets: textsOf(SubnetIds) };
  return place.securityGroups.length > 0 || place.subnets.length > 0 ? place : undefined;
};

/** Its code is an asset of the running assembly, or one of `assets`. */
export const readFunction = (
  world: World,
  resource: Resource,
  assets: () => AssetLocator = () => world.need('assets'),
): LambdaFunction => {
  const values = templateValues(resource);
  const identity = resource.identity ?? functionIdentity(world, resource);
  const name = identity.ref;
  if (values.text('PackageType') === 'Image')
    throw refuse(resource, 'container images are not emulated', 'use a nodejs runtime');
  const runtime = values.requiredText('Runtime');
  if (!/^nodejs\d+\.x$/.test(runtime))
    throw refuse(resource, `runtime ${runtime} is not emulated`, 'use a nodejs runtime');
  if (values.list('Layers').length > 0)
    throw refuse(resource, 'layers are not emulated', 'bundle what they hold with the code');
  const variables = templateValues(resource, values.object('Environment')).object('Variables');
  const bundle = resource.metadata['local:bundle'];
  return {
    name,
    arn: String(identity.attributes.Arn),
    logicalId: resource.logicalId,
    handler: values.requiredText('Handler'),
    runtime,
    roleArn: values.text('Role') ?? `arn:${world.partition}:iam::${world.account}:role/${name}`,
    timeoutMs: (values.number('Timeout') ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    memoryMb: values.number('MemorySize') ?? DEFAULT_MEMORY_MB,
    reservedConcurrency: values.number('ReservedConcurrentExecutions'),
    variables: Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)])),
    deadLetterArn: templateValues(resource, values.object('DeadLetterConfig')).text('TargetArn'),
    logging: loggingOf(resource, name),
    traced: templateValues(resource, values.object('TracingConfig')).text('Mode') === 'Active',
    place: placeOf(resource),
    bundle: typeof bundle === 'string' ? bundle : undefined,
    codeFolder: locateCode(world, resource, assets),
  };
};
