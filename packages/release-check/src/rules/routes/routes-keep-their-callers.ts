import type { DeployRule, RouteShape } from '../release.ts';
import { usersOf } from '../release.ts';
import { breaksText, schemaBreaks } from '../schema-breaks.ts';

const accessBreaks = ({ access: before }: RouteShape, { access: after }: RouteShape): readonly string[] => {
  if (after === 'public' || after === before) return [];
  if (after === 'machines') return ['it asks for a signature of AWS credentials, and takes no token'];
  if (before === 'public') return ['it asks for a token'];
  if (before === 'machines') return ['it asks for a token, and takes no signature'];
  const lost = before.scopes.filter((scope) => !after.scopes.includes(scope));
  return [
    ...(lost.length > 0 ? [`scope ${lost.join(', ')} is no longer enough`] : []),
    ...(after.group !== undefined && after.group !== before.group ? [`only group ${after.group} may call it`] : []),
  ];
};

const headerBreaks = (before: RouteShape, after: RouteShape): readonly string[] =>
  after.requiredHeaders
    .filter((header) => !before.requiredHeaders.includes(header))
    .map((header) => `header ${header} is required`);

const NOTHING = { type: 'object', properties: {}, additionalProperties: false } as const;

/** Where nothing was asked for, callers send nothing. */
const requestBreaks = (before: RouteShape, after: RouteShape): readonly string[] =>
  (['params', 'query', 'body'] as const).flatMap((part) => {
    if (before[part] === undefined && after[part] === undefined) return [];
    const breaks = schemaBreaks('sent', before[part] ?? NOTHING, after[part] ?? NOTHING);
    return breaks.length === 0 ? [] : [`${part}: ${breaksText(breaks)}`];
  });

const answerBreaks = (before: RouteShape, after: RouteShape): readonly string[] =>
  Object.entries(before.answers).flatMap(([status, body]) => {
    const now = after.answers[status];
    if (now === undefined) return [`it no longer answers ${status}`];
    if (body === null) return [];
    if (now === null) return [`answer ${status} has no body any more`];
    const breaks = schemaBreaks('received', body, now);
    return breaks.length === 0 ? [] : [`answer ${status}: ${breaksText(breaks)}`];
  });

/** A route goes on taking what its callers send, from whom it took it, and answering what they read. */
export const routesKeepTheirCallers: DeployRule = (before, after) =>
  before.routes.flatMap((route) => {
    const now = after.routes.find(({ key }) => key === route.key);
    if (now === undefined) return [];
    const breaks = [accessBreaks, headerBreaks, requestBreaks, answerBreaks].flatMap((compare) => compare(route, now));
    if (breaks.length === 0) return [];
    const users = usersOf(route.key, before, after);
    return [
      {
        subject: route.key,
        what: `route ${route.key} breaks its callers: ${breaks.join('; ')}`,
        where: `${route.file}; called by ${users.join(', ') || 'nobody in this repository, but perhaps by others'}`,
        why: 'callers go on sending what they sent and reading what they read',
        remedy:
          'leave it as deployed, save for new optional fields; a breaking change is a new version beside it: this one goes ' +
          'to `earlier` in the contract',
      },
    ];
  });
