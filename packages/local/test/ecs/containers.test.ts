import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { type Runtime, startRuntime } from '../../src/runtime/start-runtime.ts';
import { ask, containerAssembly, control, healthyTasks, logged, service } from './container-fixture.ts';

/**
 * Stands in for an engine: notes what it is asked for; builds nothing; runs a container's command in the folder that it is
 * started in, with the variables it was given, and runs another one with the same.
 */
const ENGINE = `#!/bin/sh
echo "$@" >> "$LOG"
verb=$1; shift
case "$verb" in
  info) [ -z "$ASLEEP" ] || { echo 'is the daemon running?' >&2; exit 1; } ;;
  build) [ -z "$BROKEN" ] || { echo 'no space left'; exit 1; } ;;
  run)
    command=
    while [ $# -gt 0 ]; do
      case "$1" in
        --rm) shift ;;
        --name) name=$2; shift 2 ;;
        --network) shift 2 ;;
        --entrypoint) command=$2; shift 2 ;;
        --env) export "$2"; case "$2" in PORT=*) echo "$2" > "$LOG.$name" ;; esac; shift 2 ;;
        *) shift; break ;;
      esac
    done
    exec "$command" "$@" ;;
  exec) name=$1; shift; read -r variable < "$LOG.$name"; export "$variable"; exec "$@" ;;
esac
`;

const realPath = process.env.PATH ?? '';
let runtime: Runtime | undefined;
afterEach(async () => {
  await runtime?.stop();
  runtime = undefined;
  process.env.PATH = realPath;
  delete process.env.BROKEN;
  delete process.env.ASLEEP;
});

/** Answers what the engine was asked for, so far. */
const installEngine = (name: string): (() => readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  writeFileSync(join(folder, name), ENGINE);
  chmodSync(join(folder, name), 0o755);
  const log = join(folder, 'log');
  writeFileSync(log, '');
  // Nothing else: the machine may have an engine of its own.
  process.env.PATH = [folder, dirname(process.execPath)].join(delimiter);
  process.env.LOG = log;
  return () => readFileSync(log, 'utf8').trim().split('\n');
};

const start = async (): Promise<Runtime> => {
  runtime = await startRuntime({
    assemblyFolder: containerAssembly({ Service: service({ DesiredCount: 2 }) }),
    tasks: 'containers',
  });
  return runtime;
};

describe('with --containers', () => {
  it.each(['docker', 'podman', 'finch'])('%s builds the image once, and runs and checks each task', async (engine) => {
    const asked = installEngine(engine);
    const started = await start();
    const tasks = await healthyTasks(started, 2);
    expect(await Promise.all(tasks.map((task) => ask(task, '/word')))).toEqual(['one', 'one']);
    expect(asked().filter((line) => line.startsWith('build'))).toEqual([
      expect.stringMatching(/^build --tag archipelago-local:97fe5823e065 --file \S+\/Dockerfile \S+$/),
    ]);
    expect(asked().filter((line) => line.startsWith('run'))).toEqual(
      Array(2).fill(
        expect.stringMatching(
          /^run --rm --name archipelago-local-[0-9a-f]{32} --network host --entrypoint node .*--env WORD=one .*archipelago-local:97fe5823e065 server\.js$/,
        ),
      ),
    );
    expect(asked()).toContain(`exec archipelago-local-${tasks[0]?.id} node health.js`);
  });

  it('a container that is killed is taken away, as its engine would go on running it', async () => {
    const asked = installEngine('docker');
    const started = await start();
    const [first] = await healthyTasks(started, 2);
    await control(started, 'POST', `tasks/${first?.id}/kill`);
    await eventually('the container to go', async () => asked().includes(`rm --force archipelago-local-${first?.id}`));
  });

  it('says why an image could not be built', async () => {
    installEngine('docker');
    process.env.BROKEN = 'yes';
    const started = await start();
    const complaint = () => logged(started).find((line) => line.includes('could not be built'));
    expect(await eventually('the complaint', async () => complaint())).toContain('exit code 1\nno space left');
  });

  it('refuses to start without an engine, and says what is missing', async () => {
    process.env.PATH = '/nowhere';
    await expect(start()).rejects.toThrow(
      '--containers needs a container engine, docker, podman, finch: none of them is here',
    );
  });

  it('refuses to start when no engine answers, with what the engine says', async () => {
    installEngine('docker');
    process.env.ASLEEP = 'yes';
    await expect(start()).rejects.toThrow(/engine, docker, podman, finch: \S+\/docker: is the daemon running\?\n/);
  });
});
