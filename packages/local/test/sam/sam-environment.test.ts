import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readAssembly } from '../../src/assembly/read-assembly.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { samEnvironment } from '../../src/sam/sam-environment.ts';
import { writeAssembly } from '../assembly/written-assembly.ts';

const fn = (Variables: JsonObject, FunctionName?: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { ...(FunctionName === undefined ? {} : { FunctionName }), Environment: { Variables } },
});

const environmentOf = (Resources: JsonObject, endpointUrl = 'http://127.0.0.1:4580') =>
  samEnvironment(readAssembly(writeAssembly({ Shop: { template: { Resources } } })), endpointUrl);

const NODE_OPTIONS = '--enable-source-maps';

describe('the environment for sam local invoke', () => {
  it('holds the literals of each function under its name', () => {
    const { Parameters, ...functions } = environmentOf({
      Get: fn({ TABLE_NAME: 'things', NODE_OPTIONS }, 'shop-get'),
      Put: fn({ NODE_OPTIONS }),
    });
    expect(functions).toEqual({ 'shop-get': { TABLE_NAME: 'things' }, Put: {} });
    expect(Parameters?.NODE_OPTIONS).toMatch(/^--enable-source-maps --import=data:\S+$/);
  });

  it('leaves a function the Node options of its own', () => {
    const { Put } = environmentOf({ Get: fn({ NODE_OPTIONS }), Put: fn({ NODE_OPTIONS: '--no-warnings' }) });
    expect(Put?.NODE_OPTIONS).toMatch(/^--no-warnings --import=data:/);
  });

  it.each([
    [{ TABLE_NAME: { Ref: 'Table' }, NODE_OPTIONS }, /TABLE_NAME is not a literal.*Get in .*Shop/s],
    [{ TABLE_NAME: 'things' }, /declares no NODE_OPTIONS.*Get in .*Shop/s],
  ])('refuses what SAM would not pass on', (variables: JsonObject, message) => {
    expect(() => environmentOf({ Get: fn(variables) })).toThrow(message);
  });

  it('leads the SDK of a container to the machine, with a key of the local system and none of the machine', async () => {
    const { Parameters } = environmentOf({ Get: fn({ NODE_OPTIONS }) }, 'http://127.0.0.1:4570');
    const script = `
      import net from 'node:net';
      import http from 'node:http';
      const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN } = process.env;
      const looked = [];
      const lookup = (host, options, found) => { looked.push(host); found(new Error('enough')); };
      for (const host of ['127.0.0.1', 'localhost', 'aws.invalid']) net.connect({ host, port: 4570, lookup }).on('error', () => {});
      http.get('http://127.0.0.1:4571/', { lookup }).on('error', () => {});
      net.connect({ host: '127.0.0.1', port: 9001, lookup }).on('error', () => {});
      setImmediate(() => console.log(JSON.stringify({ AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN, looked })));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: {
        ...Parameters,
        AWS_ACCESS_KEY_ID: 'AKIAREAL',
        AWS_SESSION_TOKEN: 'real',
        AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001',
      },
    });
    expect(JSON.parse(stdout)).toEqual({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4570',
      AWS_ACCESS_KEY_ID: 'operator',
      looked: ['host.docker.internal', 'host.docker.internal', 'aws.invalid', 'host.docker.internal'],
    });
  });
});
