import { dirname } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdk from '../cdk.json' with { type: 'json' };
import { bundleAll } from '../lib/bundle/bundle-all.ts';
import { addToBundles } from '../lib/bundle/write-when-changed.ts';
import { onArchitecture, stageNamed, withTasks } from '../lib/config/stages.ts';
import { gatewayFiles } from '../lib/openapi/gateway-files.ts';
import { buildArchipelago } from '../lib/stacks/archipelago.ts';
import { apisOf, containerServices } from '../lib/stacks/stage-services.ts';

const root = dirname(import.meta.dirname);

/** `cdk -c stage=prod`, or ARCHIPELAGO_STAGE where there is no CDK CLI around. */
const stageNameOf = (app: App): string => app.node.tryGetContext('stage') ?? process.env.ARCHIPELAGO_STAGE ?? 'dev';

try {
  const app = new App({
    // The CLI passes cdk.json's context on; started without it, the same flags must give the same templates.
    context: { ...cdk.context, 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true },
    // Costs more than everything else together, so that it is left to `cdk synth` and `cdk deploy`.
    builtinCloudFormationValidation: process.env.CDK_CLI_VERSION !== undefined,
    autoSynth: false,
    stackTraces: false,
  });
  const named = stageNamed(stageNameOf(app));
  const processor = onArchitecture(named, app.node.tryGetContext('architecture') ?? named.architecture);
  const stage = containerServices.reduce(
    (known, service) => withTasks(known, service, app.node.tryGetContext(service)),
    processor,
  );
  await bundleAll({ root });
  await addToBundles(root, gatewayFiles(apisOf(stage)));
  buildArchipelago(app, { stage, root });
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
