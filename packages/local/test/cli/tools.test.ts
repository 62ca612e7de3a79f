import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { copyProject } from './copied-project.ts';
import { spawnCommand } from './spawned.ts';

describe('the tools beside a running system', () => {
  it('token says that nothing runs, or what is missing', async () => {
    const folder = copyProject();
    const nothing = spawnCommand('token', folder, ['--sub', 'alice']);
    expect(await nothing.ended).toBe(1);
    expect(nothing.printed()).toMatch(/nothing runs here[\s\S]*archipelago-local start/);
    const nobody = spawnCommand('token', folder, []);
    expect(await nobody.ended).toBe(1);
    expect(nobody.printed()).toMatch(/--sub is missing/);
  });

  it('invoke says which event is missing', async () => {
    const invoked = spawnCommand('invoke', copyProject(), ['users/get-user']);
    expect(await invoked.ended).toBe(1);
    expect(invoked.printed()).toMatch(/the event for users\/get-user is missing[\s\S]*get-user\.json/);
  });

  it('token says what is wrong with its arguments, and nothing of how it reads them', async () => {
    const { ended, printed } = spawnCommand('token', copyProject(), ['ada']);
    expect(await ended).toBe(1);
    expect(printed()).toMatch(/^Unexpected argument 'ada'[\s\S]*see archipelago-local token --help/);
  });

  it('env names the endpoint of the system that runs', async () => {
    const folder = copyProject();
    const started = spawnCommand('start', folder, ['--port', '0', '--endpoint-port', '0']);
    await started.line((line) => line.startsWith('Stop'));
    const { endpointUrl } = JSON.parse(readFileSync(join(folder, '.local', 'runtime.json'), 'utf8'));
    const env = spawnCommand('env', folder, []);
    expect(await env.ended).toBe(0);
    expect(env.printed()).toContain(`AWS calls go to ${endpointUrl}`);
    started.child.kill('SIGTERM');
    await started.ended;
  });
});

describe('archipelago-local', () => {
  it('runs an assembly when it gets options alone', async () => {
    const folder = copyProject();
    expect(await spawnCommand('env', folder, []).ended).toBe(0);
    const started = spawnCommand('--app', folder, ['cdk.out', '--port', '0', '--endpoint-port', '0']);
    expect(await started.line((line) => line.includes('resources of stage'))).toMatch(/started in/);
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
  });

  it('explains itself, and refuses what it does not know', async () => {
    const help = spawnCommand('--help', copyProject(), []);
    expect(await help.ended).toBe(0);
    expect(help.printed()).toMatch(/start[\s\S]*token[\s\S]*invoke[\s\S]*env/);
    const unknown = spawnCommand('stat', copyProject(), []);
    expect(await unknown.ended).toBe(2);
    expect(unknown.printed()).toContain('there is no command stat');
  });
});
