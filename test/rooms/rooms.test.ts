import { describe, expect, it } from '@jest/globals';
import { circles } from './circles.ts';
import { deepImport, folderOf, importsOf, objection, roomOf } from './imports.ts';
import { rooms } from './rooms.ts';
import { made, sources, templates, tests } from './sources.ts';

describe('rooms', () => {
  it('give every source file a room', () => {
    expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it.each(rooms.filter(({ folders }) => folders !== undefined))('$name has only the folders in its order', (room) => {
    const folders = sources.filter((file) => roomOf(file) === room).map((file) => folderOf(room, file));
    expect([...new Set(folders)].sort()).toEqual(Object.keys(room.folders ?? {}).sort());
  });

  it('import only what their rule allows', () => {
    const objections = sources.flatMap((file) => importsOf(file).map(objection)).filter((text) => text !== undefined);
    expect(objections).toEqual([]);
  });

  it('hold in the templates of services as well', () => {
    const products = templates.filter((file) => !made(file).startsWith('test/'));
    expect(products.length).toBeGreaterThan(10);
    const imported = products.flatMap((file) => importsOf(file));
    const objections = imported.map(({ from, to }) => objection({ from: made(from), to: made(to) }));
    expect(objections.filter((text) => text !== undefined)).toEqual([]);
  });

  it.each([
    ['functions/users/domain/user-decider.ts', "import { randomUUID } from 'node:crypto';"],
    ['functions/users/handlers/get-user.handler.ts', "import { x } from '../../orders/wiring.ts';"],
    ['functions/users/handlers/get-user.handler.ts', "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';"],
    ['functions/users/views/user-view.ts', "import { decideUser } from '../commands/command-user.ts';"],
    ['functions/payments/commands/decide-payment.ts', "import { callProvider } from '../provider/provider-call.ts';"],
    ['functions/kernel/ports/clock.ts', "export { y } from 'zod/mini';"],
    ['functions/kernel/calls/circuit-breaker.ts', "import { refuse } from '../stores/decider.ts';"],
    ['functions/kernel/messages/read-message.ts', "import type { Table } from '../stores/table.ts';"],
    ['functions/kernel/ports/log.ts', "import type { Cause } from '../messages/message.ts';"],
    ['functions/kernel/values/json.ts', "import type { Clock } from '../ports/clock.ts';"],
    ['functions/kernel/more/thing.ts', "import type { Json } from '../values/json.ts';"],
    ['functions/edge/http/handler.ts', "import { table } from '../../adapters/aws/dynamo-table.ts';"],
    ['functions/adapters/node/pause.ts', "import { createParameters } from '../aws/parameters.ts';"],
    ['packages/local/src/core/clock.ts', "import { stage } from '../../lib/config/stage.ts';"],
    ['packages/local/src/core/world.ts', "import type { HttpRequest } from '../http/request.ts';"],
    ['packages/local/src/language/schedule/cron.ts', "import { readBody } from '../../http/body.ts';"],
    ['packages/local/src/http/sigv4.ts', "import { readAssembly } from '../assembly/read-assembly.ts';"],
    ['packages/local/src/delivery/retry-policy.ts', "import { textOf } from '../assembly/values.ts';"],
    ['packages/local/src/services/sqs/service.ts', "import { createBuses } from '../events/state/event-bus.ts';"],
    ['packages/local/src/services/sqs/service.ts', "import { readStack } from '../../assembly/read-stack.ts';"],
    ['packages/local/src/services/sqs/service.ts', "import { startRuntime } from '../../runtime/start-runtime.ts';"],
    ['packages/local/src/assembly/graph.ts', "import { startRuntime } from '../runtime/start-runtime.ts';"],
    ['lib/stacks/archipelago.ts', "import { writeWhenChanged } from '../bundle/write-when-changed.ts';"],
    ['lib/constructs/functions/service-function.ts', "const m = await import('../../stacks/users-stack.ts');"],
  ])('refuse a planted import in %s', (file, source) => {
    expect(importsOf(file, source).map(objection)).toEqual([expect.stringContaining(file)]);
  });

  it('import nothing that leads back to them, types included', () => {
    expect(circles(sources.map((file) => [file, importsOf(file).map(({ to }) => to)]))).toEqual([]);
  });

  it('refuse a planted circle', () => {
    const planted = [
      ['a.ts', ['b.ts', 'node:fs']],
      ['b.ts', ['c.ts']],
      ['c.ts', ['b.ts', 'd.ts']],
      ['d.ts', ['e.ts']],
      ['e.ts', ['b.ts']],
    ] as const;
    expect(circles(planted)).toEqual(['b.ts → c.ts → b.ts', 'b.ts → c.ts → d.ts → e.ts → b.ts']);
  });

  it('are entered from outside a package only through its entries, also by tests', () => {
    const deep = [...sources, ...tests].flatMap((file) => importsOf(file).map(deepImport));
    expect(deep.filter((text) => text !== undefined)).toEqual([]);
  });

  it.each([
    ['test/sam/system.ts', "import { world } from '../../packages/local/src/core/world.ts';"],
    ['bin/local.ts', "export { world } from '../packages/local/src/core/world.ts';"],
    ['test/cli/reload.test.ts', "import { lab } from '../../packages/local/test/lambda/lambda-lab.ts';"],
  ])('refuse a planted way around the entries in %s', (file, source) => {
    expect(importsOf(file, source).map(deepImport)).toEqual([expect.stringContaining(file)]);
  });
});
