import { startEngine } from '@archipelago/local/testing';
import { tableDefinition } from '../../support/table-definition.ts';

/** The engine, and the environment that the functions of users are started with. */
export const startUsers = async (): Promise<{ stop(): Promise<void> }> => {
  const engine = await startEngine();
  const tableName = 'archipelago-test-users';
  await engine.createTable(tableDefinition(tableName));
  Object.assign(process.env, {
    SERVICE: 'users',
    STAGE: 'test',
    PREFIX: 'archipelago-test',
    TABLE_NAME: tableName,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
  });
  return { stop: () => engine.stop() };
};
