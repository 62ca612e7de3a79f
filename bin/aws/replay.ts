import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeArchiveCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import type { ClientSettings } from './target.ts';

export interface ReplayRequest {
  /** Of the archive and its bus. */
  readonly archive: string;
  readonly from: Date;
  readonly until: Date;
  /** Names of the rules that alone receive the events; none means all. */
  readonly rules: readonly string[];
  readonly name: string;
}

const PAUSE_MS = 1_000;
const GOES_ON = ['STARTING', 'RUNNING', 'CANCELLING'];

/** Sends archived events again and waits until that is done; answers the state that AWS gives it in the end. */
export const replay = async (
  { archive, from, until, rules, name }: ReplayRequest,
  print: (line: string) => void,
  settings: ClientSettings,
): Promise<string> => {
  const client = new EventBridgeClient(settings);
  try {
    const found = await client.send(new DescribeArchiveCommand({ ArchiveName: archive }));
    const { ArchiveArn, EventSourceArn: bus = '', EventCount } = found;
    print(`archive ${archive}: ${EventCount} events`);
    const filters = rules.map((rule) => `${bus.replace(':event-bus/', ':rule/')}/${rule}`);
    await client.send(
      new StartReplayCommand({
        ReplayName: name,
        EventSourceArn: ArchiveArn,
        EventStartTime: from,
        EventEndTime: until,
        Destination: { Arn: bus, ...(filters.length > 0 && { FilterArns: filters }) },
      }),
    );
    for (let last = ''; ; await pause(PAUSE_MS)) {
      const { State = '', StateReason } = await client.send(new DescribeReplayCommand({ ReplayName: name }));
      if (State !== last) print(`replay ${name}: ${State}${StateReason ? ` (${StateReason})` : ''}`);
      last = State;
      if (!GOES_ON.includes(State)) return State;
    }
  } finally {
    client.destroy();
  }
};
