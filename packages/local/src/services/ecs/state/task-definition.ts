import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { objectAt, refuse, templateValues, textOf, textsOf } from '../../../assembly/values.ts';
import type { Resource } from '../../../core/emulated-service.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import { physicalName } from '../../../core/physical-name.ts';
import type { ImageAsset } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import { readDockerFile } from './docker-file.ts';

/** When and how a container is asked whether it is well. */
export interface HealthCheck {
  readonly argv: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
}

/** One revision of a task definition, as far as its container runs here. */
export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly roleArn: string;
  /** What ECS acts as to start it; absent when the definition names none. */
  readonly executionRoleArn: string | undefined;
  /** Where its image would be pulled from, and its output go. */
  readonly repository: string;
  readonly logGroup: string | undefined;
  readonly container: string;
  readonly image: ImageAsset;
  readonly argv: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly healthCheck: HealthCheck | undefined;
  readonly stopTimeoutMs: number;
  /** The folder that its program is built in, when the template's metadata names one. */
  readonly bundle: string | undefined;
  /** How often it was built again since it was read. */
  readonly edition: number;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const DEFAULT_INTERVAL_SECONDS = 30;
const DEFAULT_CHECK_TIMEOUT_SECONDS = 5;
const DEFAULT_RETRIES = 3;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const DEFAULT_STOP_TIMEOUT_SECONDS = 30;

const argvOf = ([kind, ...words]: readonly string[]): readonly string[] | undefined => {
  if (kind === 'CMD') return words;
  return kind === 'CMD-SHELL' ? ['/bin/sh', '-c', words.join(' ')] : undefined;
};

const healthCheckOf = (resource: Resource, container: JsonObject): HealthCheck | undefined => {
  const properties = objectAt(container, 'HealthCheck');
  const argv = argvOf(textsOf(properties.Command));
  if (!argv) return undefined;
  const values = templateValues(resource, properties);
  const seconds = (name: string, otherwise: number) => (values.number(name) ?? otherwise) * 1000;
  return {
    argv,
    intervalMs: seconds('Interval', DEFAULT_INTERVAL_SECONDS),
    timeoutMs: seconds('Timeout', DEFAULT_CHECK_TIMEOUT_SECONDS),
    retries: values.number('Retries') ?? DEFAULT_RETRIES,
    startPeriodMs: seconds('StartPeriod', 0),
  };
};

const variablesOf = (container: JsonObject): Readonly<Record<string, string>> => {
  const { Environment: listed } = container;
  const entries = Array.isArray(listed) ? listed.filter(isObject) : [];
  return Object.fromEntries(entries.map(({ Name, Value = '' }) => [String(Name), String(Value)]));
};

interface OwnContainer {
  readonly container: JsonObject;
  readonly image: ImageAsset;
}

/** The container whose image is an asset; others, such as an agent from a registry, are left out. */
const ownContainer = (world: World, resource: Resource): OwnContainer => {
  const containers = templateValues(resource).list('ContainerDefinitions').filter(isObject);
  const own = containers.flatMap((container) => {
    const image = world.need('assets').locateImage(String(container.Image).split(':').at(-1) ?? '');
    return image ? [{ container, image }] : [];
  });
  const [only] = own;
  if (only && own.length === 1) return only;
  const what = only ? 'has several containers whose images are assets' : 'has no container whose image is an asset';
  throw refuse(resource, `it ${what} of this assembly`, 'give it exactly one, from a DockerImageAsset');
};

/** `<registry>/<repository>:<tag>` */
const repositoryIn = ({ Image }: JsonObject): string =>
  String(Image)
    .replace(/^[^/]*\//, '')
    .replace(/:[^:/]*$/, '');

export const familyOf = (resource: Resource): string =>
  templateValues(resource).text('Family') ?? physicalName(resource);

/** Reads a resource for the revision that its identity names. Throws StartError for what cannot run here. */
export const readTaskDefinition = (world: World, resource: Resource, revision: number): TaskDefinition => {
  const { container, image } = ownContainer(world, resource);
  const values = templateValues(resource, container);
  const built = readDockerFile(image);
  const command = container.Command === undefined ? built.command : textsOf(container.Command);
  const bundle = resource.metadata['local:bundle'];
  const argv = [...(container.EntryPoint === undefined ? built.entryPoint : textsOf(container.EntryPoint)), ...command];
  if (argv.length === 0)
    throw refuse(resource, 'its container has no command', 'give the container a command, as a list');
  return {
    arn: resource.identity?.ref ?? '',
    family: familyOf(resource),
    revision,
    roleArn: templateValues(resource).text('TaskRoleArn') ?? '',
    executionRoleArn: templateValues(resource).text('ExecutionRoleArn'),
    repository: repositoryIn(container),
    logGroup: textOf(objectAt(objectAt(container, 'LogConfiguration'), 'Options')['awslogs-group']),
    container: values.requiredText('Name'),
    image,
    argv,
    variables: { ...built.variables, ...variablesOf(container) },
    healthCheck: healthCheckOf(resource, container),
    bundle: typeof bundle === 'string' ? resolve(bundle) : undefined,
    edition: 0,
    stopTimeoutMs: (values.number('StopTimeout') ?? DEFAULT_STOP_TIMEOUT_SECONDS) * 1000,
  };
};

/** The same revision with the program that was built last. */
export const rebuilt = (definition: TaskDefinition, folder: string): TaskDefinition => {
  const edition = definition.edition + 1;
  // Another tag, since an image is built for each tag once.
  const tag = `${definition.image.tag.split('-')[0]}-${edition}`;
  return { ...definition, edition, image: { ...definition.image, folder, tag } };
};

/** Task definitions by ARN. Each change makes another revision, as on AWS. */
export interface TaskDefinitions {
  /** The number of this revision of a family; the same for the same properties. */
  revisionOf(resource: Resource): number;
  find(arn: string): Resource | undefined;
  add(arn: string, resource: Resource): void;
  remove(arn: string): void;
}

export const createTaskDefinitions = (): TaskDefinitions => {
  const revisions = new Map<string, JsonObject[]>();
  const resources = new Map<string, Resource>();
  return {
    revisionOf: (resource) => {
      const family = familyOf(resource);
      const known = revisions.get(family) ?? [];
      revisions.set(family, known);
      const at = known.findIndex((properties) => isDeepStrictEqual(properties, resource.properties));
      return at === -1 ? known.push(resource.properties) : at + 1;
    },
    find: (arn) => resources.get(arn),
    add: (arn, resource) => {
      resources.set(arn, resource);
    },
    remove: (arn) => {
      resources.delete(arn);
    },
  };
};
