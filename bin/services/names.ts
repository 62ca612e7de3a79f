import { ServiceProblem } from './problem.ts';

export interface ServiceNames {
  /** `gift-cards`: its folder, its stack, its routes. */
  readonly service: string;
  /** `gift-card`: one of what it keeps. */
  readonly one: string;
}

/** What the templates are called. Two words, so that no form of the name is another one. */
const TEMPLATE: ServiceNames = { service: 'sample-items', one: 'sample-item' };

/** The longest that fits: Lambda takes 64 characters, of which a stage's prefix and a verb take 24. */
const LONGEST = 20;
const LEGAL = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;

/** Names of stacks and folders, of paths that the gateway has, of values for a synthesis, and what a program cannot be called. */
const RESERVED = [
  ...['adapters', 'edge', 'kernel', 'contracts', 'invoke', 'history', 'stored', 'archipelago', 'apis', 'services'],
  ...['platform', 'gateway', 'gateway-stage', 'deployer', 'network', 'service', 'registered', 'function-sizes'],
  ...['stage', 'architecture'],
  ...['api', 'health', 'v1', 'v2', 'openapi', 'control', 'fields', 'money', 'define', 'domain', 'test', 'tests'],
];

/** Reserved words of the language, and what its modules know without an import. */
const WORDS =
  /^(arguments|as|async|await|break|case|cases|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|exports?|extends|false|finally|for|from|function|if|implements|import|in|instanceof|interface|let|module|never|new|null|of|package|private|process|protected|public|require|return|static|super|switch|this|throw|true|try|type|typeof|undefined|unknown|var|void|while|with|yield)$/;

/** `gift-card` → `giftCard` */
export const camelCase = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** `gift-card` → `GiftCard` */
export const pascalCase = (name: string): string => camelCase(`-${name}`);

/** `gift-cards` → `gift_cards`: in packages of gRPC contracts. */
export const snakeCase = (name: string): string => name.replaceAll('-', '_');

const upperCase = (name: string): string => snakeCase(name).toUpperCase();

const words = (name: string): string => name.replaceAll('-', ' ');

const sentence = (name: string): string => words(name).replace(/^./, (letter) => letter.toUpperCase());

/** `reviews` → `review`, `batches` → `batch`, `entries` → `entry`; undefined for what is no plural. */
const singularOf = (plural: string): string | undefined => {
  if (/[^aeiou]ies$/.test(plural)) return plural.replace(/ies$/, 'y');
  if (/(s|x|z|ch|sh)es$/.test(plural)) return plural.replace(/es$/, '');
  return /[^s]s$/.test(plural) ? plural.replace(/s$/, '') : undefined;
};

const checkLegal = (name: string): void => {
  if (!LEGAL.test(name))
    throw new ServiceProblem(
      `'${name}' is no name of a service`,
      'use small letters, digits and single hyphens: gift-cards',
    );
  if (name.length > LONGEST)
    throw new ServiceProblem(
      `'${name}' has ${name.length} letters`,
      `use at most ${LONGEST}: names on AWS are made of it`,
    );
  if (RESERVED.includes(name) || WORDS.test(camelCase(name)))
    throw new ServiceProblem(`'${name}' is reserved`, 'choose another name: what the service keeps, in the plural');
};

/** Throws a ServiceProblem for what cannot be the name of a service. */
export const namesOf = (service: string, singular?: string): ServiceNames => {
  checkLegal(service);
  const one = singular ?? singularOf(service);
  if (one === undefined)
    throw new ServiceProblem(
      `'${service}' is no plural that is known here`,
      `name what the service keeps in the plural (reviews), or give the singular: -- ${service} --singular <one>`,
    );
  checkLegal(one);
  if (one === service)
    throw new ServiceProblem(
      `'${service}' is its own singular`,
      `one of them needs another name than all: -- ${service} --singular ${service}-entry`,
    );
  return { service, one };
};

/** Of a service in containers: it keeps what others change, so it needs no word for one of it. */
export const containerNamesOf = (service: string): ServiceNames => {
  checkLegal(service);
  return { service, one: service };
};

const formsOf = ({ service, one }: ServiceNames): readonly string[] =>
  [service, one].flatMap((name) => [
    name,
    camelCase(name),
    pascalCase(name),
    snakeCase(name),
    upperCase(name),
    words(name),
    sentence(name),
  ]);

const TEMPLATE_FORMS = formsOf(TEMPLATE);

/** Longest first: the singular begins the plural. */
const ANY_FORM = new RegExp(TEMPLATE_FORMS.toSorted((a, b) => b.length - a.length).join('|'), 'g');

const ARTICLE = new RegExp(`\\b([Aa])n? (?=${words(TEMPLATE.one)}\\b)`, 'g');

/** A text of a template with the names of a service, in every form: `sampleItemsApi` → `giftCardsApi`. */
export const renamed = (text: string, names: ServiceNames): string => {
  const forms = formsOf(names);
  const article = /^[aeiou]/.test(names.one) ? '$1n ' : '$1 ';
  return text.replace(ARTICLE, article).replace(ANY_FORM, (form) => forms[TEMPLATE_FORMS.indexOf(form)] ?? form);
};
