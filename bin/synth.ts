import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

const HELP = `Writes the cloud assembly of a stage (default dev) to cdk.out, as \`cdk deploy\` would.

  npm run synth -- [-c stage=NAME] [cdk synth's own options]

\`npx cdk deploy --all --app cdk.out\` ships what was written; one stack alone by its name, with --exclusively.`;

const root = dirname(import.meta.dirname);

/** CDK asks for a stack's name because it would print that template; nobody wants to see it here. */
const isAdvice = (line: string) => /^(?:Supply a stack id|Successfully synthesized to)/.test(line);

const synth = (args: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const cdk = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    const child = spawn(process.execPath, [cdk, 'synth', '--quiet', ...args], {
      cwd: root,
      stdio: ['inherit', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    child.once('error', reject).once('close', (code) => {
      const lines = printed
        .trim()
        .split('\n')
        .filter((line) => line !== '' && !isAdvice(line));
      if (lines.length > 0) console.error(lines.join('\n'));
      if (code === 0) console.log('cdk.out is written.');
      resolve(code ?? 1);
    });
  });

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) console.log(HELP);
else process.exitCode = await synth(args);
