import { App } from 'aws-cdk-lib';
import cdk from '../cdk.json' with { type: 'json' };
import { DeployerStack } from '../lib/stacks/platform/deployer-stack.ts';

/** `npm run deployer -- -c repository=<owner>/<name>`, once in each account that the workflow deploys to. */
try {
  const app = new App({ context: cdk.context, autoSynth: false, stackTraces: false });
  const context = (key: string, otherwise: string) => String(app.node.tryGetContext(key) ?? otherwise);
  new DeployerStack(app, 'archipelago-deployer', {
    repository: context('repository', ''),
    environments: context('environments', 'dev,prod').split(','),
  });
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
