import { describe } from '@jest/globals';
import { publicCases } from './cases/public.ts';
import { clientOf } from './client.ts';

const baseUrl = process.env.ARCHIPELAGO_API_URL ?? '';

describe(`the API at ${baseUrl}`, () => publicCases(() => clientOf(baseUrl)));
