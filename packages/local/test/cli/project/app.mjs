import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/** A CDK app in miniature: writes an assembly of one HTTP API where it is told to, and counts its runs. */
const context = JSON.parse(process.env.CDK_CONTEXT_JSON);
const out = process.env.CDK_OUTDIR;
const source = readFileSync(join(import.meta.dirname, 'src', 'source.txt'), 'utf8');
appendFileSync(join(import.meta.dirname, 'runs.txt'), `${context.stage} ${context.colour}\n`);
const port = /^slow (\d+)$/.exec(source)?.[1];
// The test listens there, and sees when this process ends.
if (port !== undefined) await once(connect(Number(port), '127.0.0.1'), 'close');
if (source.includes('broken')) throw new Error('the source is broken');
mkdirSync(out, { recursive: true });
const Properties = { Name: `${context.stage}-api`, ProtocolType: 'HTTP' };
const Resources = { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties }, Spare: { Type: 'AWS::SNS::Topic' } };
const properties = { templateFile: 'Shop.template.json' };
writeFileSync(join(out, 'Shop.template.json'), JSON.stringify({ Resources }));
writeFileSync(
  join(out, 'manifest.json'),
  JSON.stringify({ version: '55.0.0', artifacts: { Shop: { type: 'aws:cloudformation:stack', properties } } }),
);
