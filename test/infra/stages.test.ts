import { describe, expect, it } from '@jest/globals';
import { stageNamed } from '../../lib/config/stages.ts';

describe('a stage', () => {
  it('is found by its name', () => {
    expect(stageNamed('dev')).toMatchObject({ name: 'dev', prefix: 'archipelago-dev' });
  });

  it.each(['Prod', 'staging', '', 'constructor'])('is refused as %p with the names that are known', (name) => {
    expect(() => stageNamed(name)).toThrow(`there is no stage '${name}'; choose one of: dev, emulator, prod`);
  });

  it('for the emulator is `dev` but for its name, the archive and tasks', () => {
    const { dev, emulator } = { dev: stageNamed('dev'), emulator: stageNamed('emulator') };
    const { name, prefix } = emulator;
    expect(emulator).toEqual({
      ...dev,
      name,
      prefix,
      tasks: { usual: 'off', of: {} },
      data: { ...dev.data, archiveDays: 'no archive' },
    });
  });
});
