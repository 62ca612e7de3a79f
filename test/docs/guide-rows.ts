import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

export const GUIDE = 'docs/guide.md';

/** The rows of the Microservices Architecture Guide that the project follows, in their order. */
export const ROWS: readonly string[] = [
  'Independent deployability',
  'Single responsibility',
  'Own data',
  'Technology agnostic',
  'Network protocols',
  'Loose coupling',
  'Independent scaling',
  'Isolated failure domains',
  'REST',
  'gRPC',
  'Message queue',
  'Event bus',
  'Point to point',
  'Publish/subscribe',
  'Database per service',
  'Event sourcing',
  'CQRS',
  'Distributed transactions',
  'Service boundaries and domain-driven design',
  'API-first',
  'Service templates',
  'API gateway',
  'Inter-service communication',
  'Data consistency',
  'Container orchestration',
  'Service discovery',
  'Load balancing',
  'Scaling',
  'Distributed tracing',
  'Centralized logging',
  'Metrics',
  'Health checks',
  'Gateway pattern with path rewrite',
  'Registry pattern',
  'Circuit breakers',
  'Versioned APIs',
  'Partial failures',
  'Gateway authentication',
  'Service-to-service authentication',
  'Rate limiting',
  'TLS',
  'Containerization',
  'Automated deployments',
  'Blue-green deployments',
];

export interface GuideRow {
  readonly title: string;
  /** By label, without the bold label itself: `Asks`, `Here`, `Where`, `Test`, `See it`, `Not yet`. */
  readonly parts: Readonly<Record<string, string>>;
}

const readRow = (text: string): GuideRow => {
  const [title = '', ...lines] = text.trim().split('\n');
  const parts: Record<string, string> = {};
  for (const block of lines.join('\n').split(/\n(?=- \*\*)/)) {
    const [, label, content] = /^\s*- \*\*([^*]+)\.\*\* ([\s\S]+)$/.exec(block) ?? [];
    if (label !== undefined && content !== undefined) parts[label] = content.trim();
  }
  return { title, parts };
};

export const readGuide = (): readonly GuideRow[] =>
  readFileSync(GUIDE, 'utf8')
    .split(/\n### /)
    .slice(1)
    .map((text) => readRow(text.split(/\n## /)[0] ?? ''));

export interface NamedTest {
  /** From the root. */
  readonly file: string;
  readonly title: string;
}

/** `[file](path): “title”, “title”; [file](path): “title”` */
export const testsNamed = (text: string): readonly NamedTest[] =>
  text.split(/(?=\[)/).flatMap((part) => {
    const [, target] = /^\[[^\]]*\]\(([^)]+)\)/.exec(part) ?? [];
    if (target === undefined) return [];
    const file = posix.join(posix.dirname(GUIDE), target);
    return [...part.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ file, title }));
  });

const TITLE = /(?:\b(?:it|describe)|\))\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g;

/** Titles of a test file's tests, as its source spells them. */
export const titlesIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(TITLE)].map(([, , title = '']) => title.replace(/\\(.)/g, '$1'));
