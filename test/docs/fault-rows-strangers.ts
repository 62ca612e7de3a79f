import { type FaultRow, test } from './fault-evidence.ts';

const SECURITY = 'test/e2e/cases/security.ts';
const KEYS = 'packages/local/test/apigateway/issuer-keys.test.ts';
const TOKENS = 'test/integration/adapters/access-tokens.test.ts';
const URLS = 'packages/local/test/lambda/function-url.test.ts';
const REGISTRY = 'test/e2e/cases/registry.ts';

/** What comes from callers who mean harm. */
export const STRANGER_ROWS: readonly FaultRow[] = [
  {
    id: 'F40',
    fault: 'a token that is forged, foreign, expired, or without the scope',
    holds: '401 or 403 before a function runs; nothing is fetched because of a token',
    shownBy: [
      test(
        SECURITY,
        'turns away every token that is not as it must be before a function runs, as docs/tokens.md says: otherwise `npm run security`',
      ),
      test(TOKENS, 'is not good with %s'),
    ],
  },
  {
    id: 'F41',
    fault: 'the issuer exchanges its keys, or cannot be asked',
    holds:
      'both keys are good while both are published; what is known serves; unknown keys do not make it ask each time',
    shownBy: [
      test(KEYS, 'are exchanged without a valid token being refused: both are good while both are published'),
      test(KEYS, 'serve for two hours while the issuer cannot be asked, and no longer'),
      test(KEYS, 'are not asked for again and again by tokens that name keys which are not there'),
      test(TOKENS, 'does not make the issuer be asked again and again by naming keys that are not there'),
    ],
    onlyAws: 'how long API Gateway keeps keys',
  },
  {
    id: 'F42',
    fault: 'a question without signature, changed after it was signed, or with the token of no one',
    holds: '403 or 401, and nothing runs',
    shownBy: [
      test(URLS, 'answers 403 to an unsigned request'),
      test(URLS, 'answers 403 and runs nothing when the body is not what was signed'),
      test(
        'test/integration/edge/internal-api.test.ts',
        'refuses a token that is not good, and none where one is required',
      ),
    ],
    open: 'commands name their user and carry no proof of it: who may send them is for the policies of queues and roles',
  },
  {
    id: 'F48',
    fault: 'a customer asks for what belongs to another, or for what is for machines',
    holds: 'the same answer as for what is not there; 403 on every route of the registry',
    shownBy: [
      test(
        SECURITY,
        'answers the same about what belongs to another and about what is not there, as docs/isolation.md says: otherwise `npm run security`',
      ),
      test(REGISTRY, 'answers %s %s with 403 to a caller who does not sign, whatever the token holds'),
      test(
        'test/e2e/cases/registry-flood.ts',
        'of a customer registers nothing, and changes nothing for the orders of anyone',
      ),
    ],
  },
  {
    id: 'F49',
    fault: 'an instance is registered under an address that is not ours',
    holds: 'refused; our callers call what deployments registered, and nothing else',
    shownBy: [
      test(REGISTRY, 'refuses the host %s, which may not be called'),
      test(
        'test/integration/adapters/cloud-map.test.ts',
        'gives what a deployment registered, however many leases there are beside it',
      ),
    ],
  },
];
