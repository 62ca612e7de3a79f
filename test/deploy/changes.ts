import type { Edit } from './source-copy.ts';

const AVAILABILITY = `import { httpHandler } from '../../edge/http/handler.ts';
import { catalogApi } from '../api.contract.ts';
import { requireProduct } from '../views/product-view.ts';
import { runtime, wireCatalog } from '../wiring.ts';

const catalog = wireCatalog();

export const handler = httpHandler(
  catalogApi,
  'get-availability',
  async ({ params: { sku } }) => {
    const { available } = await requireProduct(catalog.table, sku);
    return { status: 200, body: { sku, available } };
  },
  runtime,
);
`;

/** What a team does to one service: a field that an event may carry from now on, and a new operation. */
export const compatibleChange: readonly Edit[] = [
  {
    file: 'events/contracts/catalog/stock-reserved.v1.ts',
    replace: 'items: stockLines }',
    by: 'items: stockLines, warehouse: z.optional(z.string()) }',
  },
  {
    file: 'functions/catalog/commands/reservation-messages.ts',
    replace: 'outgoing(stockReservedV1, { ...about, data: { orderId, items: [...event.lines] } }',
    by: "outgoing(stockReservedV1, { ...about, data: { orderId, items: [...event.lines], warehouse: 'north' } }",
  },
  { file: 'functions/catalog/handlers/get-availability.handler.ts', text: AVAILABILITY },
  {
    file: 'functions/catalog/api.contract.ts',
    replace: "  'get-product': {",
    by: `  'get-availability': {
    method: 'GET',
    path: '/products/{sku}/availability',
    summary: 'Read what is available of a product',
    access: 'public',
    params,
    answers: { 200: { description: 'It.', body: z.object({ sku: z.string(), available: z.int() }) } },
  },
  'get-product': {`,
  },
  {
    file: 'lib/stacks/catalog-stack.ts',
    replace: "'get-product': route('get-product'),",
    by: "'get-product': route('get-product'),\n      'get-availability': route('get-availability'),",
  },
  {
    file: 'lib/stacks/catalog-stack.ts',
    replace: "table.grantQuery(functions['get-product']);",
    by: "table.grantQuery(functions['get-product']);\n    table.grantQuery(functions['get-availability']);",
  },
];

/** The header by which the revised `get-user` tells itself from the one before it. */
export const REVISION = 'x-revision';

export const revisedChange: readonly Edit[] = [
  {
    file: 'functions/users/handlers/get-user.handler.ts',
    replace: 'headers: { etag: etag(user.version) }',
    by: `headers: { etag: etag(user.version), '${REVISION}': '2' }`,
  },
];

/** A parameter whose name is another service's, made when the functions have been updated, so that there is work to undo. */
export const brokenChange: readonly Edit[] = [
  {
    file: 'lib/stacks/users-stack.ts',
    replace: "import type { Construct } from 'constructs';",
    by: "import { CfnParameter } from 'aws-cdk-lib/aws-ssm';\nimport type { Construct } from 'constructs';",
  },
  {
    file: 'lib/stacks/users-stack.ts',
    replace: "new ServiceRegistration(this, 'Registration'",
    by: `const name = \`/\${props.stage.prefix}/payment-provider/url\`;
    const taken = new CfnParameter(this, 'Taken', { name, type: 'String', value: 'mine' });
    taken.node.addDependency(this.node.findChild('get-user'));
    new ServiceRegistration(this, 'Registration'`,
  },
];
