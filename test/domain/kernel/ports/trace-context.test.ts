import { describe, expect, it } from '@jest/globals';
import {
  isTraceparent,
  traceparentOfXray,
  xrayOfTraceparent,
} from '../../../../functions/kernel/ports/trace-context.ts';

const xray = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const traceparent = '00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01';

describe('trace context', () => {
  it('means the same to X-Ray and to W3C', () => {
    expect(traceparentOfXray(xray)).toBe(traceparent);
    expect(xrayOfTraceparent(traceparent)).toBe(xray);
    expect(traceparentOfXray(xray.replace('Sampled=1', 'Sampled=0;Lineage=1:a:0'))).toBe(
      traceparent.replace(/1$/, '0'),
    );
    expect(xrayOfTraceparent(traceparent.replace(/01$/, '02'))).toBe(xray.replace('Sampled=1', 'Sampled=0'));
  });

  it.each([undefined, '', 'Root=1-5759e988-bd862e3fe1be46a994272793', '00-abc-def-01'])('is none for %p', (text) => {
    expect(traceparentOfXray(text)).toBeUndefined();
    expect(xrayOfTraceparent(text)).toBeUndefined();
  });

  it.each([
    `x${traceparent}`,
    `${traceparent}x`,
    traceparent.replace('00-', '01-'),
    traceparent.replace('5759e988', '5759e98g'),
    traceparent.replace('53995c3f42cd8ad8', '53995c3f42cd8ad'),
    traceparent.replace(/01$/, '0'),
    '',
    undefined,
  ])('is malformed as %p', (text) => {
    expect(isTraceparent(text)).toBe(false);
    expect(xrayOfTraceparent(text)).toBeUndefined();
  });

  it('is well formed as it is written', () => {
    expect(isTraceparent(traceparent)).toBe(true);
    expect(isTraceparent(traceparentOfXray(xray))).toBe(true);
  });

  it('is none without a parent or with a root that is cut', () => {
    expect(traceparentOfXray('Parent=53995c3f42cd8ad8;Sampled=1')).toBeUndefined();
    expect(traceparentOfXray(xray.replace('Parent=53995c3f42cd8ad8', 'Parent=53'))).toBeUndefined();
    expect(traceparentOfXray(xray.replace('46a994272793', '46a9'))).toBeUndefined();
  });
});
