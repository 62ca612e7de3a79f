import { describe, expect, it } from '@jest/globals';
import { httpHandler } from '../../../functions/edge/http/handler.ts';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { answered, api, shelf } from './shelf.ts';

describe('the instance of a problem', () => {
  const hours = httpHandler(api, 'open-hours', async () => ({ status: 200, body: {} }), shelf.runtime);

  it.each([
    ['/a b\nc', '/a%20b%0Ac'],
    ['/é?x#y', '/%C3%A9%3Fx%23y'],
    ['/a"<>\\^`{|}', '/a%22%3C%3E%5C%5E%60%7B%7C%7D'],
    ['/50%', '/50%25'],
    ['/half\ud800', '/half%EF%BF%BD'],
    ['//evil.example/x', '/evil.example/x'],
    ["/a:b@c!$&'()*+,;=-._~", "/a:b@c!$&'()*+,;=-._~"],
  ])('is a URI reference for %j', async (path, instance) => {
    const { body } = answered(await hours(httpEvent({ path }), lambdaContext()));
    expect(body).toMatchObject({ status: 404, instance });
    expect(new URL(body.instance, 'https://shop.example').host).toBe('shop.example');
  });
});
