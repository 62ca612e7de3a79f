import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEngineProcess } from '../../local/services/dynamodb/engine-process.ts';

export interface TestEngine {
  /** For the client's `endpoint`; any region and credentials are taken. */
  readonly endpoint: string;
  /** The table is ready for use when it resolves. */
  createTable(definition: CreateTableCommandInput): Promise<void>;
  stop(): Promise<void>;
}

/** A DynamoDB engine of one's own, in memory, in about 50 ms. */
export const startEngine = async (): Promise<TestEngine> => {
  const engine = await startEngineProcess();
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    endpoint: engine.endpoint,
    createTable: async (definition) => {
      await client.send(new CreateTableCommand(definition));
    },
    stop: async () => {
      client.destroy();
      await engine.stop();
    },
  };
};
