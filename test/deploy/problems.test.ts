import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator } from './emulator.ts';
import { freePort } from './free-port.ts';
import { readOptions } from './options.ts';
import { installedEmulator, pythonEnvironment } from './python-environment.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipelago-problems-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A program that is run instead of the one that is expected. */
const program = async (name: string, script: string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, script);
  await chmod(file, 0o755);
  return file;
};

const emulator = async (script: string) => {
  const port = await freePort(0);
  const file = await program('ministack', `#!${process.execPath}\nconst port = ${port};\n${script}`);
  return startEmulator({ program: file, port, root: resolve('.'), folder });
};

const listening = (server: Server): Promise<number> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

describe('an emulator that does not come up', () => {
  it('is reported with what it said when it ends by itself', async () => {
    const started = emulator("console.error('ERROR: no cryptography'); process.exitCode = 1;");
    await expect(started).rejects.toThrow(/^the emulator ended by itself:\nERROR: no cryptography$/);
  });

  it('is reported as the version that it is when it is an old one, and is ended', async () => {
    const started = emulator(
      `require('node:http').createServer((_, response) => response.end('{"version":"1.4.0"}')).listen(port, '127.0.0.1');`,
    );
    await expect(started).rejects.toThrow('the emulator is ministack 1.4.0, not 1.5.33; remove .local/deploy');
  });

  it('is reported when there is no such program', async () => {
    const port = await freePort(0);
    const started = startEmulator({ program: join(folder, 'none'), port, root: resolve('.'), folder });
    await expect(started).rejects.toThrow('the emulator cannot be started: spawn');
  });
});

describe('an installation of the emulator', () => {
  it('asks for Python where there is none', async () => {
    await expect(installedEmulator(join(folder, 'python'), { PATH: folder })).rejects.toThrow(
      'there is no python3 on the PATH; install',
    );
  });

  it('asks for a newer Python than there is', async () => {
    const newer = { asked: ['emulator'], wanted: 'emulator', python: '3.99' };
    await expect(pythonEnvironment(join(folder, 'python'), newer)).rejects.toThrow(
      /^Python 3\.99 or later is needed:\nit is 3\./,
    );
  });

  it('passes on why Python cannot make an environment', async () => {
    await program(
      'python3',
      "#!/bin/sh\n[ $1 = -c ] && exit 0\necho 'ensurepip is not available: apt install python3-venv' >&2\nexit 1\n",
    );
    const env = { PATH: `${folder}:${process.env.PATH}` };
    await expect(installedEmulator(join(folder, 'python'), env)).rejects.toThrow(
      /virtual environment:\nensurepip is not/,
    );
  });
});

describe('a port', () => {
  it('is refused when it is taken', async () => {
    const server = createServer();
    const port = await listening(server);
    await expect(freePort(port)).rejects.toThrow(`port ${port} is not to be had`);
    await new Promise((done) => server.close(done));
  });
});

describe('an option', () => {
  it.each([[['--port', 'x']], [['--port', '70000']], [['--stage', 'dev']], [['dev']]])('is refused: %j', (args) => {
    expect(() => readOptions(args)).toThrow('usage: npm run test:deploy -- [--port N]');
  });

  it('may name the port', () => {
    expect(readOptions(['--port', '4566'])).toEqual({ port: 4566 });
    expect(readOptions([])).toEqual({ port: 0 });
  });
});
