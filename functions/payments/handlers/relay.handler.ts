import { relayHandler } from '../../edge/messages/relay.ts';
import { runtime, wireRelay } from '../wiring.ts';

export const handler = relayHandler(wireRelay(), runtime);
