import { wireTask } from '../wiring.ts';
import { startSampleItemsTask } from './run-task.ts';

const start = async (): Promise<void> => {
  const { deps, settings } = wireTask();
  const task = await startSampleItemsTask(deps, settings);
  process.once('SIGTERM', () => {
    void task.stop().then(() => process.exit(0));
  });
};

void start();
