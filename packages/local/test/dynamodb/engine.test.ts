import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { freePort } from '../../src/core/listening/free-port.ts';
import { locateEngineBinary } from '../../src/services/dynamodb/engine/engine-binary.ts';
import { startEngineProcess } from '../../src/services/dynamodb/engine/engine-process.ts';
import { startEngine } from '../../src/testing/dynamodb-engine.ts';

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    (response) => response.ok,
    () => false,
  );

describe('the DynamoDB engine', () => {
  it('takes writes right after a table was created, and is gone after stop', async () => {
    const engine = await startEngine();
    await engine.createTable({
      TableName: 'things',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
    await client.send(new PutItemCommand({ TableName: 'things', Item: { pk: { S: 'a' } } }));
    const { Item } = await client.send(new GetItemCommand({ TableName: 'things', Key: { pk: { S: 'a' } } }));
    expect(Item).toEqual({ pk: { S: 'a' } });
    await engine.stop();
    client.destroy();
    expect(await answers(engine.endpoint)).toBe(false);
  });

  it('does not outlive a parent that is killed', async () => {
    const module = new URL('../../src/services/dynamodb/engine/engine-process.ts', import.meta.url).href;
    const program = `const { startEngineProcess } = await import('${module}');
      console.log((await startEngineProcess()).endpoint);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [endpoint] = await once(createInterface(parent.stdout), 'line');
    const connection = connect(Number(new URL(endpoint).port), '127.0.0.1');
    await once(connection, 'connect');
    // A killed process may reset its connections; either way they close.
    const closed = new Promise((resolve) => connection.on('error', () => {}).once('close', resolve));
    parent.kill('SIGKILL');
    await closed;
    expect(await answers(endpoint)).toBe(false);
  });

  it('takes another port when its own was taken meanwhile, and its folder goes with it all the same', async () => {
    const other = createServer().listen(0, '127.0.0.1').unref();
    await once(other, 'listening');
    const address = other.address();
    const ports = [typeof address === 'object' ? (address?.port ?? 0) : 0];
    const folder = await mkdtemp(join(tmpdir(), 'tables-'));
    const file = { path: join(folder, 'dynamodb.sqlite'), removeAfterwards: folder };
    const engine = await startEngineProcess(file, async () => ports.shift() ?? freePort());
    expect(ports).toEqual([]);
    expect(await answers(engine.endpoint)).toBe(true);
    await engine.stop();
    expect(existsSync(folder)).toBe(false);
    other.close();
  });

  it('says what to install when the platform has no binary', () => {
    expect(() => locateEngineBinary('plan9', 'mips')).toThrow(
      /npm install --no-save @dynoxide\/plan9-mips.*DYNAMODB_ENDPOINT/,
    );
  });
});
