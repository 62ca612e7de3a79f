import { resendHandler } from '../../../../../functions/edge/messages/resend.ts';
import { runtime, wireRelay } from '../wiring.ts';

export const handler = resendHandler(wireRelay(), runtime);
