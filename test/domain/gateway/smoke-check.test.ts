import { describe, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import type { HttpEvent } from '../../../functions/edge/http/exchange.ts';
import { httpHandler } from '../../../functions/edge/http/handler.ts';
import { isSound, smokeRequest } from '../../../functions/gateway/commands/smoke-check.ts';
import { apis } from '../../../lib/stacks/apis.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';

const request = (): HttpEvent => JSON.parse(JSON.stringify(smokeRequest(new Date(0))));

const context = { getRemainingTimeInMillis: () => 1000 } as Context;

const routes = apis.flatMap((api) => Object.entries(api.routes).map(([name, route]) => ({ api, name, route })));

describe('the smoke request', () => {
  it.each(routes.map((each) => [`${each.api.service}/${each.name}`, each] as const))(
    'is answered below 500 by %s, and changes nothing there',
    async (_name, { api, name, route }) => {
      let reached = false;
      const handle = async () => {
        reached = true;
        return { status: 200 };
      };
      const answer = await httpHandler(api, name, handle, createRecordingRuntime())(request(), context);
      expect(answer.statusCode).toBeLessThan(500);
      expect(isSound({ statusCode: answer.statusCode ?? 0 })).toBe(true);
      expect(reached && route.method !== 'GET').toBe(false);
    },
  );
});

describe('an answer to it', () => {
  it.each([
    [{ statusCode: 200 }, true],
    [{ statusCode: 404 }, true],
    [{ statusCode: 500 }, false],
    [{ statusCode: '200' }, false],
    [{ errorType: 'Runtime.ImportModuleError' }, false],
    [{}, false],
  ])('%j is sound: %p', (answer, expected) => {
    expect(isSound(answer)).toBe(expected);
  });
});
