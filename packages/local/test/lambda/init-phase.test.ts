import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Lab, openLab } from './lambda-lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
  lab.world.agenda.start();
});
afterAll(() => lab.close());

const addInline = (name: string, source: string, handler = 'index.handler', runtime = 'nodejs24.x') =>
  lab.add('AWS::Lambda::Function', name, {
    FunctionName: name,
    Code: { ZipFile: source },
    Handler: handler,
    Runtime: runtime,
  });
const answerOf = async (name: string) => JSON.parse((await lab.invoke(name)).payload);

describe('the init phase', () => {
  it('runs code that the template holds inline', async () => {
    await addInline('inline', 'exports.handler = async () => "from the template";');
    expect(await answerOf('inline')).toBe('from the template');
  });

  it('finds a nested export of a CommonJS module', async () => {
    await lab.add('AWS::Lambda::Function', 'cjs', {
      FunctionName: 'cjs',
      Code: { S3Bucket: 'assets', S3Key: 'commonjs' },
      Handler: 'index.nested.handler',
      Runtime: 'nodejs24.x',
    });
    expect(await answerOf('cjs')).toEqual({ commonjs: {} });
  });

  it('hands a callback to handlers of runtimes before Node.js 24, and refuses them from there on', async () => {
    await lab.addProbe('takesCallback', { Runtime: 'nodejs22.x' });
    expect(await answerOf('takesCallback')).toBe('called back');
    await lab.addProbe('takesCallback', {}, 'callback24');
    expect((await answerOf('callback24')).errorType).toBe('Runtime.CallbackHandlerDeprecated');
  });

  it.each([
    [
      'missing-file',
      'exports.handler = 1',
      'absent.handler',
      'Runtime.ImportModuleError',
      /Cannot find module 'absent'/,
    ],
    ['missing-import', 'require("no-such-package")', 'index.handler', 'Runtime.ImportModuleError', /no-such-package/],
    [
      'missing-export',
      'exports.other = () => 1',
      'index.handler',
      'Runtime.HandlerNotFound',
      /is undefined or not exported/,
    ],
    ['no-function', 'exports.handler = 1', 'index.handler', 'Runtime.HandlerNotFound', /is not a function/],
    ['bad-syntax', 'exports.handler = (', 'index.handler', 'Runtime.UserCodeSyntaxError', /SyntaxError/],
    ['bad-name', 'exports.handler = 1', 'handler', 'Runtime.MalformedHandlerName', /Bad handler/],
    ['throws', 'throw new RangeError("at load")', 'index.handler', 'RangeError', /at load/],
  ])('answers with what went wrong: %s', async (name, source, handler, errorType, message) => {
    await addInline(name, source, handler);
    const answer = await answerOf(name);
    expect(answer.errorType).toBe(errorType);
    expect(answer.errorMessage).toMatch(message);
    expect(lab.entries('invocations').at(-1)).toMatchObject({ functionName: name, status: 'error', coldStart: true });
  });

  it('is tried again by the next invocation', async () => {
    await addInline('again', 'throw new Error("at load")');
    await answerOf('again');
    await answerOf('again');
    expect(lab.entries('invocations').filter(({ functionName }) => functionName === 'again')).toMatchObject([
      { coldStart: true },
      { coldStart: true },
    ]);
  });

  it.each([
    ['Python', { Runtime: 'python3.13' }, /Python: runtime python3.13 is not emulated/],
    ['Image', { PackageType: 'Image' }, /Image: container images are not emulated/],
    ['Layered', { Layers: ['arn:aws:lambda:us-east-1:1:layer:x:1'] }, /Layered: layers are not emulated/],
    ['NoCode', { Code: {} }, /NoCode: its code is neither inline nor an asset/],
    ['Lost', { Code: { S3Bucket: 'b', S3Key: 'lost' } }, /Lost: its code b\/lost is not an asset/],
    ['Timeless', { Timeout: 'soon' }, /Timeless: Timeout must be a number, not 'soon'/],
  ])('refuses what is not emulated by its logical id: %s', async (logicalId, properties, message) => {
    await expect(lab.addProbe('echo', properties, logicalId)).rejects.toThrow(message);
  });

  it('refuses a layer by its logical id', async () => {
    await expect(lab.add('AWS::Lambda::LayerVersion', 'Tools', {})).rejects.toThrow(/Tools: layers are not emulated/);
  });
});
