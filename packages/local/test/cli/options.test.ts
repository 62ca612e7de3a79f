import { describe, expect, it } from '@jest/globals';
import { parseLocalOptions } from '../../src/cli/options.ts';

const read = (args: readonly string[]) => parseLocalOptions(args, (command, options) => `run ${command} ${options}`);

describe('the options of a start', () => {
  it('have defaults', () => {
    expect(read([])).toEqual({
      help: false,
      port: 3000,
      endpointPort: 4580,
      alsoListenOn: undefined,
      app: undefined,
      keep: false,
      containers: false,
      noIam: false,
      inspect: undefined,
      stage: 'dev',
      json: false,
      quiet: false,
      logs: false,
    });
  });

  it('open an inspector on the usual port, or on another', () => {
    const asked = [['--inspect'], ['--inspect=0'], ['--inspect', '--keep']].map((args) => read(args).inspect);
    expect(asked).toEqual([9229, 0, 9229]);
  });

  it('are read', () => {
    const args = [
      '--port',
      '0',
      '--endpoint-port=0',
      '--listen-also=172.17.0.1',
      '--app',
      'their/cdk.out',
      '--keep',
      '--no-iam',
      '--stage=test',
      '--json',
      '--quiet',
    ];
    expect(read(args)).toMatchObject({
      port: 0,
      endpointPort: 0,
      alsoListenOn: '172.17.0.1',
      app: 'their/cdk.out',
      keep: true,
      noIam: true,
      stage: 'test',
      json: true,
      quiet: true,
    });
  });

  it.each([
    [['--prot', '1'], /Unknown option '--prot'/],
    [['--port'], /--port/],
    [['--port', 'http'], /0 to 65535, not 'http'/],
    [['--port', '70000'], /0 to 65535/],
    [['--endpoint-port', 'aws'], /--endpoint-port takes a number from 0 to 65535, not 'aws'/],
    [['--listen-also', '0.0.0.0'], /one interface other than loopback, not '0\.0\.0\.0'/],
    [['--listen-also', '127.0.0.1'], /other than loopback/],
    [['stray'], /stray/],
  ])('refuses %j in one message that points to --help', (args, message) => {
    expect(() => read(args)).toThrow(message);
    expect(() => read(args)).toThrow(/--help/);
  });
});
