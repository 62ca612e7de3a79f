import { DeleteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from '@jest/globals';
import { spawnCommand } from '../../cli/spawned.ts';
import { orderEnding, place, registered, stocked } from '../people.ts';
import type { RunningHere } from '../system.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** What an operator does with a view that is wrong. */
export const rebuildCases = (system: () => RunningHere): void => {
  it('finds rows that are wrong or lost, and puts them right', async () => {
    const sku = await stocked(system(), 10);
    const { sub, client } = await registered(system());
    const ids: string[] = [];
    for (let number = 0; number < 3; number += 1) ids.push(String((await place(client, sku)).body.id));
    for (const id of ids) await orderEnding(client, id);
    await system().settled();
    const list = async () => (await client('GET', '/orders')).body.items;
    const right = await list();

    const dynamodb = new DynamoDBClient({ endpoint: system().endpointUrl, region: 'us-east-1', credentials });
    const row = (id: string) => ({
      TableName: 'archipelago-dev-orders-views',
      Key: { pk: { S: `USER#${sub}` }, sk: { S: `ORDER#${id}` } },
    });
    const [wrong = '', lost = ''] = ids;
    const values = { ':pending': { S: 'PENDING' } };
    const update = { UpdateExpression: 'SET #view.#status = :pending', ExpressionAttributeValues: values };
    const names = { ExpressionAttributeNames: { '#view': 'view', '#status': 'status' } };
    await dynamodb.send(new UpdateItemCommand({ ...row(wrong), ...update, ...names }));
    await dynamodb.send(new DeleteItemCommand(row(lost)));
    dynamodb.destroy();
    expect(await list()).not.toEqual(right);

    const rebuild = spawnCommand('rebuild', system().folder, ['orders', 'orders']);
    expect(await rebuild.ended).toBe(0);
    expect(rebuild.printed()).toMatch(/the live view differs in 2 \(.*\), of which it lacks 1/);
    expect(rebuild.printed()).toContain(wrong);
    expect(await list()).toEqual(right);
  }, 120_000);
};
