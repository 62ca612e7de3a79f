import { describe, expect, it } from '@jest/globals';
import { copyProject } from './copied-project.ts';
import { spawnCommand } from './spawned.ts';

describe('the tools beside a running system', () => {
  it('npm run token says that nothing runs, or what is missing', async () => {
    const folder = copyProject();
    const nothing = spawnCommand('token', folder, ['--sub', 'alice']);
    expect(await nothing.ended).toBe(1);
    expect(nothing.printed()).toMatch(/nothing runs here[\s\S]*npm start/);
    const nobody = spawnCommand('token', folder, []);
    expect(await nobody.ended).toBe(1);
    expect(nobody.printed()).toMatch(/--sub is missing/);
  });

  it('npm run invoke says which event is missing', async () => {
    const invoked = spawnCommand('invoke', copyProject(), ['users/get-user']);
    expect(await invoked.ended).toBe(1);
    expect(invoked.printed()).toMatch(/the event for users\/get-user is missing[\s\S]*get-user\.json/);
  });
});
