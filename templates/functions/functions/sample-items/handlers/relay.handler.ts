import { relayHandler } from '../../../../../functions/edge/messages/relay.ts';
import { runtime, wireRelay } from '../wiring.ts';

export const handler = relayHandler(wireRelay(), runtime);
