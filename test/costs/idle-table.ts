import type { TemplateFile } from '@archipelago/house-rules';

type Templates = ReadonlyMap<string, TemplateFile>;
type Row = readonly [item: string, arithmetic: string, amount: number, shown?: string];

const MINUTES = 43_200;
const MILLION = 1_000_000;

/** Metrics that other functions than `resend` record on a schedule, and those that one `resend` does. */
const OTHER_METRICS = 10;
const METRICS_OF_RESEND = 2;

/** USD an hour on Fargate with arm64: a processor, a gigabyte; a public address. */
const FARGATE = { processor: 0.03238, gigabyte: 0.00356, address: 0.005 };
const HOURS = 730;
const DNS_ZONE = 0.5;
/** A task asks twice a second what has changed, and a query that finds little is half a unit. */
const READS_OF_TASK = 2 * 60 * MINUTES * 0.5;

const usd = (amount: number): string => amount.toFixed(2);

const countsIn = (templates: Templates) => {
  const resources = [...templates.values()].flatMap(({ Resources }) => Object.values(Resources));
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  const scheduled = resources.map(({ Properties }) => Properties).filter((each) => each?.ScheduleExpression);
  return {
    alarms: ofType('AWS::CloudWatch::Alarm').length,
    queues: ofType('AWS::Lambda::EventSourceMapping').filter(({ Properties }) => Properties?.ScalingConfig).length,
    instances: ofType('AWS::ServiceDiscovery::Instance').length,
    eachMinute: scheduled.filter((each) => each?.ScheduleExpression === 'rate(1 minute)').length,
    metrics:
      OTHER_METRICS +
      ofType('AWS::ECS::Service').length +
      METRICS_OF_RESEND * scheduled.filter((each) => String(each?.Name).includes('-resend-')).length,
    routes: ofType('AWS::ApiGatewayV2::Route').filter(({ Properties }) => !/^HEAD /.test(String(Properties?.RouteKey)))
      .length,
    zones: ofType('AWS::ServiceDiscovery::PrivateDnsNamespace').length,
    tasks: tasksIn(templates),
  };
};

/** Tasks of one size: how many run when nothing is asked of them. */
interface Tasks {
  readonly processors: number;
  readonly gigabytes: number;
  readonly count: number;
}

const tasksIn = (templates: Templates): readonly Tasks[] => {
  const ofStacks = [...templates.values()].flatMap(({ Resources }): readonly Tasks[] => {
    const propertiesOf = (type: string) => Object.values(Resources).find(({ Type }) => Type === type)?.Properties;
    const task = propertiesOf('AWS::ECS::TaskDefinition');
    if (task === undefined) return [];
    const count = Number(propertiesOf('AWS::ApplicationAutoScaling::ScalableTarget')?.MinCapacity);
    return [{ processors: Number(task.Cpu) / 1024, gigabytes: Number(task.Memory) / 1024, count }];
  });
  const bySize = Map.groupBy(ofStacks, ({ processors, gigabytes }) => `${processors} ${gigabytes}`);
  return [...bySize.values()].flatMap((alike) =>
    alike.slice(0, 1).map((size) => ({ ...size, count: alike.reduce((sum, { count }) => sum + count, 0) })),
  );
};

const table = (head: string, rows: readonly Row[]): string =>
  [
    `| ${head} | arithmetic | USD |`,
    '| --- | --- | --- |',
    ...rows.map(([item, arithmetic, amount, shown = usd(amount)]) => `| ${item} | ${arithmetic} | ${shown} |`),
    `| **together** | | **about ${Math.round(rows.reduce((sum, [, , amount]) => sum + amount, 0))}** |`,
  ].join('\n');

const SHARES: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½' };
const share = (amount: number): string => SHARES[amount] ?? String(amount);

const taskRows = (tasks: readonly Tasks[]): readonly Row[] => {
  const all = tasks.reduce((sum, { count }) => sum + count, 0);
  const sizes = tasks.map(({ processors, gigabytes, count }): Row => {
    const size = `${share(processors)} processor × ${FARGATE.processor} + ${share(gigabytes)} GB × ${FARGATE.gigabyte}`;
    const usdAnHour = processors * FARGATE.processor + gigabytes * FARGATE.gigabyte;
    return ['tasks in containers, the fewest', `${count} × 730 h × (${size}), arm64`, count * HOURS * usdAnHour];
  });
  return [
    ...sizes,
    ['their public IPv4 addresses', `${all} × 730 h × ${FARGATE.address}`, all * HOURS * FARGATE.address],
    [
      'their reads of what has changed',
      `${all} × 2 a second × 2.6 million s × ½ unit × 0.125 per million`,
      (all * READS_OF_TASK * 0.125) / MILLION,
    ],
  ];
};

const DEV = '`dev`, idle, a month';
const PROD = '`prod`, idle, a month';

const tables = (dev: Templates, prod: Templates): readonly (readonly [head: string, text: string])[] => {
  const { alarms, queues, instances, eachMinute, metrics, zones, tasks } = countsIn(dev);
  const inProd = countsIn(prod);
  const alarmRow = (count: number): Row => ['alarms', `${count} × 0.10`, count * 0.1];
  const recorded: Row = [
    'metrics that functions and tasks record each minute or each five',
    `${metrics} × 0.30`,
    metrics * 0.3,
  ];
  const polling = (queues * 5 * 3 * MINUTES * 0.4) / MILLION;
  const routeMetrics = 6 * inProd.routes * 0.3;
  const devRows: readonly Row[] = [
    alarmRow(alarms),
    recorded,
    [`polling ${queues} queues`, `${queues} × 5 pollers × 3 a minute × 43,200 minutes × 0.40 per million`, polling],
    ['Cloud Map', `${instances} instances × 0.10, ${zones} DNS zone × 0.50`, instances * 0.1 + zones * DNS_ZONE],
    [
      'what runs each minute',
      `${eachMinute} functions × 43,200 × (0.20 + 0.33 + 2 reads × 0.125) per million`,
      (eachMinute * MINUTES * (0.2 + 0.33 + 2 * 0.125)) / MILLION,
    ],
    ...taskRows(tasks),
  ];
  const prodRows: readonly Row[] = [
    alarmRow(inProd.alarms),
    [
      'metrics of each route (`routeMetrics`)',
      `up to 6 × ${inProd.routes} × 0.30`,
      routeMetrics,
      `up to ${usd(routeMetrics)}`,
    ],
    recorded,
    ['polling and Cloud Map', 'as above', polling + instances * 0.1 + zones * DNS_ZONE],
    ...taskRows(inProd.tasks),
  ];
  return [
    [DEV, table(DEV, devRows)],
    [PROD, table(PROD, prodRows)],
  ];
};

/** The page with what these templates cost when nothing is asked of them. */
export const withIdleTables = (page: string, dev: Templates, prod: Templates): string =>
  tables(dev, prod).reduce((text, [head, rows]) => {
    const start = text.indexOf(`| ${head} |`);
    const end = text.indexOf('\n\n', start);
    return `${text.slice(0, start)}${rows}${text.slice(end)}`;
  }, page);
