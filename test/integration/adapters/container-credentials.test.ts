import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createContainerCredentials } from '../../../functions/adapters/container/credentials.ts';

const HOUR_MS = 3_600_000;

describe('the credentials of a task', () => {
  let server: Server;
  let url = '';
  let asked = 0;
  let lastsMs = HOUR_MS;
  let status = 200;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1;
      const body = {
        AccessKeyId: `key-${asked}`,
        SecretAccessKey: 'secret',
        Token: 'token',
        Expiration: new Date(Date.now() + lastsMs).toISOString(),
      };
      response.writeHead(status).end(status === 200 ? JSON.stringify(body) : '{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/task`;
  });
  beforeEach(() => {
    asked = 0;
    lastsMs = HOUR_MS;
    status = 200;
  });
  afterAll(() => void server.close());

  const provide = () => createContainerCredentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI: url });

  it('are asked for once by many callers, and kept', async () => {
    const credentials = provide();
    const both = await Promise.all([credentials(), credentials()]);
    expect(both.map(({ accessKeyId }) => accessKeyId)).toEqual(['key-1', 'key-1']);
    expect(await credentials()).toMatchObject({ secretAccessKey: 'secret', sessionToken: 'token' });
    expect(asked).toBe(1);
  });

  it('are asked for again shortly before they end', async () => {
    lastsMs = 60_000;
    const credentials = provide();
    await credentials();
    expect((await credentials()).accessKeyId).toBe('key-2');
  });

  it('are asked for again after an answer that holds none', async () => {
    const credentials = provide();
    status = 500;
    await expect(credentials()).rejects.toThrow(/AccessKeyId/);
    status = 200;
    expect((await credentials()).accessKeyId).toBe('key-2');
  });
});
