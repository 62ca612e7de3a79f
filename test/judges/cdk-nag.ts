import { acknowledgements } from './acknowledgements.ts';
import { withApps } from './apps.ts';
import { nag } from './nag.ts';
import { weigh } from './weigh.ts';

const judged = await withApps((apps) =>
  apps.map(({ name, prefix, app }) => ({ stage: name, prefix, findings: nag(app) })),
);
const verdict = weigh(judged, acknowledgements);
for (const complaint of verdict.complaints) console.error(complaint);
console.log(
  `cdk-nag, AwsSolutions, ${judged.map(({ stage }) => stage).join(', ')}: ${verdict.complaints.length} open; ` +
    `${verdict.acknowledgements} acknowledgements with a reason cover ${verdict.acknowledged} findings`,
);
process.exitCode = verdict.complaints.length === 0 ? 0 : 1;
