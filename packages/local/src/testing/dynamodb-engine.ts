import { createEngineClient } from '../services/dynamodb/engine/engine-client.ts';
import { startEngineProcess } from '../services/dynamodb/engine/engine-process.ts';

export interface TestEngine {
  /** For the client's `endpoint`; any region and credentials are taken. */
  readonly endpoint: string;
  /** `definition` is the input of DynamoDB's CreateTable. The table is ready for use when it resolves. */
  createTable(definition: object): Promise<void>;
  stop(): Promise<void>;
}

/** A DynamoDB engine of one's own, in memory, in about 50 ms. */
export const startEngine = async (): Promise<TestEngine> => {
  const engine = await startEngineProcess();
  const client = createEngineClient(engine.endpoint);
  return {
    endpoint: engine.endpoint,
    createTable: async (definition) => {
      const { status, body } = await client.forward('DynamoDB_20120810.CreateTable', JSON.stringify(definition));
      if (status !== 200) throw new Error(`the engine refused CreateTable: ${body.toString()}`);
    },
    stop: async () => {
      client.close();
      await engine.stop();
    },
  };
};
