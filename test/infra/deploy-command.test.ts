import { spawn } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { synthesize } from '../support/synthesized.ts';

const deploy = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  new Promise<{ readonly code: number | null; readonly said: string }>((resolve) => {
    const { PATH = '', HOME = '' } = process.env;
    const nobody = {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      AWS_CONFIG_FILE: '/nowhere',
    };
    const child = spawn(process.execPath, ['bin/deploy.ts', ...args], { env: { PATH, HOME, ...nobody, ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('close', (code) => resolve({ code, said }));
  });

it('says what to do without credentials', async () => {
  const { code, said } = await deploy(['--app', await synthesize('dev'), '--no-notices'], { AWS_REGION: 'us-east-1' });
  expect(code).toBe(1);
  expect(said).toContain('deploy: AWS credentials are missing or have expired: set AWS_PROFILE');
}, 60_000);

it('says at once that nothing answers at the endpoint', async () => {
  const { code, said } = await deploy([], { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
  expect(code).toBe(1);
  expect(said).toContain('nothing answers at AWS_ENDPOINT_URL=http://127.0.0.1:9');
});

it('explains itself', async () => {
  const { code, said } = await deploy(['--help'], {});
  expect(code).toBe(0);
  expect(said).toContain('npm run deploy -- -c stage=prod');
});
