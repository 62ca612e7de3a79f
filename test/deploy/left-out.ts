/** A case that the emulator cannot show, why, and where it is shown instead. */
export interface LeftOut {
  /** As jest names it: the group and the case. */
  readonly name: string;
  readonly reason: string;
}

const NO_CHALLENGE = 'ministack turns a request away without WWW-Authenticate; the local runtime sends it as AWS does';

const ANSWERS_OPTIONS_ITSELF =
  'ministack does not find the CORS configuration that CloudFormation made, and refuses every OPTIONS request; run locally';

export const leftOut: readonly LeftOut[] = [
  { name: 'the edge answers no token with 401 and WWW-Authenticate', reason: NO_CHALLENGE },
  { name: 'the edge answers not a token with 401 and WWW-Authenticate', reason: NO_CHALLENGE },
  { name: 'the edge answers by OPTIONS which methods there are', reason: ANSWERS_OPTIONS_ITSELF },
  {
    name: 'the edge lets pages of any origin call, with every header that a request may have, and read what they need',
    reason: ANSWERS_OPTIONS_ITSELF,
  },
  {
    name: 'a rush sells exactly the stock to 100 orders at once, keeps money only for what it sold, and tells each once',
    reason:
      'ministack starts a process for every concurrent request and answers 502 when they do not start in time; run locally',
  },
];

/** Resource types that stage `emulator` does without, because ministack knows none of them. */
export const rejectedTypes = [
  {
    type: 'AWS::Events::Archive',
    reason: 'ministack has no archives; every other stage has one, which the house rules check',
  },
  {
    type: 'AWS::CodeDeploy::DeploymentGroup',
    reason: 'ministack has no CodeDeploy; rollouts are asserted on the templates of prod',
  },
] as const;
