import { describe, expect, it } from '@jest/globals';
import { causeHeaders } from '../../../../functions/kernel/calls/cause-headers.ts';
import { isAllowed } from '../../../../functions/kernel/calls/service-lookup.ts';
import { isServerError } from '../../../../functions/kernel/calls/transport.ts';

const at = (url: string, origin = 'lease') => ({ id: 'i', url, origin });

describe('an address of a service', () => {
  it.each(['http://a.internal', 'https://a.internal:8080', 'http://127.0.0.1:80'])('%s may be called', (url) => {
    expect(isAllowed(at(url, 'deploy'))).toBe(true);
    expect(isAllowed(at(url), /./)).toBe(true);
  });

  it.each([
    'ftp://a.internal',
    'a.internal',
    'http://',
    'http://a.internal/path',
    'http://a.internal:80/path',
    'http://a.internal:port',
    'http://user@a.internal',
    'http://a.internal?x',
    'http://a.internal#x',
    'http://a.internal\\x',
    ' http://a.internal',
    'xhttp://a.internal',
  ])('%s may not, whatever registered it', (url) => {
    expect(isAllowed(at(url, 'deploy'))).toBe(false);
    expect(isAllowed(at(url), /./)).toBe(false);
  });

  it('that no deployment registered must have a host that the pattern permits', () => {
    expect(isAllowed(at('http://a.internal'))).toBe(false);
    expect(isAllowed(at('http://a.internal:80'), /^a\.internal$/)).toBe(true);
    expect(isAllowed(at('http://b.internal:80'), /^a\.internal$/)).toBe(false);
  });
});

it('calls an answer from 500 on a failure of the server', () => {
  expect([499, 500, 503].map(isServerError)).toEqual([false, true, true]);
});

describe('what a call carries of its cause', () => {
  it('is the correlation, and the trace in both forms', () => {
    const traceparent = '00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01';
    expect(causeHeaders({ correlationId: 'c', causationId: 'r', traceparent })).toStrictEqual({
      'x-correlation-id': 'c',
      traceparent,
      'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    });
  });

  it('has no trace where there is none or it is malformed', () => {
    expect(causeHeaders({ correlationId: 'c', causationId: 'r' })).toStrictEqual({ 'x-correlation-id': 'c' });
    expect(causeHeaders({ correlationId: 'c', causationId: 'r', traceparent: 'x' })).toStrictEqual({
      'x-correlation-id': 'c',
      traceparent: 'x',
    });
  });
});
