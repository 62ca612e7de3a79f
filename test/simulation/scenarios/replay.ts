import { callAws } from '../operator.ts';
import type { Scenario, Stage } from '../stage.ts';
import { shop } from './orders.ts';

interface Archive {
  readonly ArchiveName: string;
  readonly EventSourceArn: string;
  readonly EventCount: number;
}

const ARCHIVE_OF = 'arn:aws:events:us-east-1:000000000000:archive/';

/** Everything that the archives hold so far goes to its bus again. */
const replayAll = async (stage: Stage, ReplayName: string): Promise<void> => {
  const { Archives } = await callAws<{ Archives: readonly Archive[] }>(stage, 'AWSEvents.ListArchives', {});
  const nowSeconds = stage.simulation.world.clock.now() / 1_000;
  for (const { ArchiveName, EventSourceArn, EventCount } of Archives) {
    await callAws(stage, 'AWSEvents.StartReplay', {
      ReplayName: `${ReplayName}-${ArchiveName}`.slice(0, 64),
      EventSourceArn: `${ARCHIVE_OF}${ArchiveName}`,
      EventStartTime: nowSeconds - 3_600,
      EventEndTime: nowSeconds,
      Destination: { Arn: EventSourceArn },
    });
    for (let event = 0; event < EventCount; event += 1) stage.faults.count('again: replay');
  }
};

export const replay: Scenario = {
  name: 'replay',
  about: 'all events are replayed from the archive, twice, while customers go on ordering',
  play: async (stage) => {
    const { simulation, customers } = stage;
    await stage.sell('pen', 100);
    const tokens = ['tok_ok', 'tok_declined', 'tok_ok'];
    const shopping = () => customers.map((client, index) => shop(stage, client, tokens[index] ?? 'tok_ok', ['pen']));
    await Promise.all(shopping());
    await simulation.sleep(stage.between(0, 60_000));
    await replayAll(stage, 'first');
    await Promise.all(shopping());
    await replayAll(stage, 'second');
    await simulation.sleep(30_000);
  },
};
