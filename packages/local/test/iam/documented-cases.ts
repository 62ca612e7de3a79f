import { ACCOUNT, variable, type Written } from './decide.ts';
import { ALLOWED, DENIED, type Documented, SILENT, user } from './documented.ts';
import { documentedConditions } from './documented-conditions.ts';

const bucket = (name: string) => `arn:aws:s3:::amzn-s3-demo-bucket-${name}`;

/** Carlos and his bucket, in "Policy evaluation for requests within a single account". */
const carlos = {
  page: 'reference_policies_evaluation-logic_policy-eval-basics',
  by: user('carlossalazar'),
  identity: [
    {
      Sid: 'AllowS3ListRead',
      Effect: 'Allow',
      Action: [
        ...['s3:GetBucketLocation', 's3:GetAccountPublicAccessBlock'],
        ...['s3:ListAccessPoints', 's3:ListAllMyBuckets'],
      ],
      Resource: 'arn:aws:s3:::*',
    },
    {
      Sid: 'AllowS3Self',
      Effect: 'Allow',
      Action: 's3:*',
      Resource: [`${bucket('carlossalazar')}/*`, bucket('carlossalazar')],
    },
    { Sid: 'DenyS3Logs', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::*log*' },
  ],
};

const carlosLogs: Written = [
  {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/carlossalazar` },
    Action: 's3:*',
    Resource: [`${bucket('carlossalazar')}/*`, bucket('carlossalazar')],
  },
];

const evaluation: readonly Documented[] = [
  { ...carlos, action: 's3:ListAllMyBuckets', on: 'arn:aws:s3:::*', says: ALLOWED },
  { ...carlos, action: 's3:PutObject', on: `${bucket('carlossalazar')}/a`, says: ALLOWED },
  { ...carlos, action: 's3:PutObject', on: `${bucket('carlossalazar-logs')}/a`, says: DENIED },
  { ...carlos, resource: carlosLogs, action: 's3:PutObject', on: `${bucket('carlossalazar')}/log.txt`, says: DENIED },
  { ...carlos, action: 's3:PutObject', on: `${bucket('mary')}/a`, says: SILENT },
  {
    page: 'reference_policies_evaluation-logic_policy-eval-basics',
    by: user('carlossalazar'),
    resource: carlosLogs,
    action: 's3:PutObject',
    on: `${bucket('carlossalazar')}/a`,
    says: ALLOWED,
  },
  {
    page: 'reference_policies_evaluation-logic_policy-eval-basics',
    by: user('mary'),
    resource: carlosLogs,
    action: 's3:PutObject',
    on: `${bucket('carlossalazar')}/a`,
    says: SILENT,
  },
];

const notAction: Written = [{ Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: 'arn:aws:s3:::*' }];
const withoutMfa: Written = [
  {
    Sid: 'DenyAllUsersNotUsingMFA',
    Effect: 'Deny',
    NotAction: 'iam:*',
    Resource: '*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  },
  { Effect: 'Allow', Action: ['ec2:*', 'iam:*'], Resource: '*' },
];
const payroll: Written = [
  {
    Effect: 'Deny',
    Action: 's3:*',
    NotResource: ['arn:aws:s3:::HRBucket/Payroll', 'arn:aws:s3:::HRBucket/Payroll/*'],
  },
  { Effect: 'Allow', Action: 's3:*', Resource: '*' },
];

const elements: readonly Documented[] = [
  ...[
    { action: 's3:PutObject', says: ALLOWED },
    { action: 's3:DeleteBucket', says: SILENT },
    { action: 'S3:deletebucket', says: SILENT },
  ].map((each) => ({
    page: 'reference_policies_elements_notaction',
    identity: notAction,
    on: 'arn:aws:s3:::reports',
    ...each,
  })),
  { page: 'reference_policies_elements_notaction', identity: notAction, action: 'ec2:RunInstances', says: SILENT },
  ...[
    { action: 'ec2:RunInstances', context: { 'aws:MultiFactorAuthPresent': 'false' }, says: DENIED },
    { action: 'ec2:RunInstances', context: { 'aws:MultiFactorAuthPresent': 'true' }, says: ALLOWED },
    { action: 'ec2:RunInstances', says: DENIED },
    { action: 'iam:EnableMFADevice', context: { 'aws:MultiFactorAuthPresent': 'false' }, says: ALLOWED },
  ].map((each) => ({ page: 'reference_policies_elements_notaction', identity: withoutMfa, ...each })),
  ...[
    { on: 'arn:aws:s3:::HRBucket/Payroll/july', says: ALLOWED },
    { on: 'arn:aws:s3:::HRBucket/Payroll', says: ALLOWED },
    { on: 'arn:aws:s3:::HRBucket/Bonus', says: DENIED },
    { on: 'arn:aws:s3:::OtherBucket', says: DENIED },
  ].map((each) => ({
    page: 'reference_policies_elements_notresource',
    identity: payroll,
    action: 's3:GetObject',
    ...each,
  })),
  ...[
    { action: 'iam:ListAccessKeys', says: ALLOWED },
    { action: 'iam:DeleteAccessKey', says: ALLOWED },
    { action: 'IAM:listaccesskeys', says: ALLOWED },
    { action: 'iam:ListUsers', says: SILENT },
  ].map((each) => ({
    page: 'reference_policies_elements_action',
    identity: [{ Effect: 'Allow', Action: 'iam:*AccessKey*', Resource: '*' }],
    ...each,
  })),
  ...[
    { on: `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`, says: ALLOWED },
    { on: `arn:aws:sns:us-east-1:${ACCOUNT}:orders`, says: SILENT },
  ].map((each) => ({
    page: 'reference_policies_elements_resource',
    identity: [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:sqs' }],
    action: 'sqs:SendMessage',
    ...each,
  })),
];

const home: Written = [
  {
    Action: ['s3:ListBucket'],
    Effect: 'Allow',
    Resource: ['arn:aws:s3:::DOC'],
    Condition: { StringLike: { 's3:prefix': [`${variable('aws:username')}/*`] } },
  },
  {
    Action: ['s3:GetObject', 's3:PutObject'],
    Effect: 'Allow',
    Resource: [`arn:aws:s3:::DOC/${variable('aws:username')}/*`],
  },
];
const team: Written = [
  {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::DOC-${variable("aws:PrincipalTag/team, 'company-wide'")}/*`,
  },
];
const variables = 'reference_policies_variables';

const withVariables: readonly Documented[] = [
  ...[
    { on: 'arn:aws:s3:::DOC/David/a', context: { 'aws:username': 'David' }, says: ALLOWED },
    { on: 'arn:aws:s3:::DOC/David/a', context: { 'aws:username': 'Maria' }, says: SILENT },
    { on: 'arn:aws:s3:::DOC/David/a', says: SILENT },
    { on: 'arn:aws:s3:::DOC/David/a', context: { 'aws:username': '*' }, says: SILENT },
  ].map((each) => ({ page: variables, identity: home, action: 's3:GetObject', ...each })),
  ...[
    { context: { 'aws:username': 'David', 's3:prefix': 'David/2026' }, says: ALLOWED },
    { context: { 'aws:username': 'David', 's3:prefix': 'Maria/2026' }, says: SILENT },
  ].map((each) => ({ page: variables, identity: home, action: 's3:ListBucket', on: 'arn:aws:s3:::DOC', ...each })),
  ...[
    { on: 'arn:aws:s3:::DOC-company-wide/a', says: ALLOWED },
    { on: 'arn:aws:s3:::DOC-yellow/a', context: { 'aws:PrincipalTag/team': 'yellow' }, says: ALLOWED },
    { on: 'arn:aws:s3:::DOC-company-wide/a', context: { 'aws:PrincipalTag/team': 'yellow' }, says: SILENT },
  ].map((each) => ({ page: variables, identity: team, action: 's3:GetObject', ...each })),
  ...[
    { Version: '2012-10-17', says: ALLOWED },
    { Version: '2008-10-17', says: SILENT },
  ].map(({ Version, says }) => ({
    page: 'reference_policies_elements_version',
    identity: {
      Version,
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::DOC/${variable('aws:username')}/*` }],
    },
    action: 's3:GetObject',
    on: 'arn:aws:s3:::DOC/David/a',
    context: { 'aws:username': 'David' },
    says,
  })),
  ...[
    { context: { 's3:prefix': 'a' }, says: ALLOWED },
    { context: { 's3:prefix': 'red', 'aws:PrincipalTag/team': 'red' }, says: SILENT },
    { context: { 's3:prefix': 'red', 'aws:PrincipalTag/team': 'blue' }, says: ALLOWED },
  ].map((each) => ({
    page: `${variables}#policy-vars-no-value`,
    identity: [
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: '*',
        Condition: { StringNotLike: { 's3:prefix': variable('aws:PrincipalTag/team') } },
      },
    ],
    action: 's3:ListBucket',
    ...each,
  })),
];

const jobs = `arn:aws:sqs:us-east-1:${ACCOUNT}:jobs`;
const send: Written = [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: jobs }];
const toAccount = (Effect: string): Written => [
  { Effect, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sqs:*', Resource: '*' },
];
const notMary: Written = [
  { Effect: 'Deny', NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:user/mary` }, Action: 'sqs:*', Resource: '*' },
];
const onlySqs: Written = [{ Effect: 'Allow', Action: 'sqs:Get*', Resource: '*' }];

const principals: readonly Documented[] = [
  { page: 'reference_policies_elements_principal', resource: toAccount('Allow'), by: user('mary'), says: SILENT },
  {
    page: 'reference_policies_elements_principal',
    identity: send,
    resource: toAccount('Deny'),
    by: user('mary'),
    says: 'resource: denies',
  },
  {
    page: 'reference_policies_elements_notprincipal',
    identity: send,
    resource: notMary,
    by: user('mary'),
    says: ALLOWED,
  },
  {
    page: 'reference_policies_elements_notprincipal',
    identity: send,
    resource: notMary,
    by: user('joe'),
    says: 'resource: denies',
  },
  { page: 'access_policies_boundaries', identity: send, boundary: onlySqs, says: 'boundary: silent' },
  { page: 'access_policies_boundaries', identity: send, boundary: send, says: ALLOWED },
  { page: 'access_policies_boundaries', boundary: send, says: SILENT },
].map((each) => ({ action: 'sqs:SendMessage', on: jobs, ...each }));

/** From the IAM User Guide, and from the developer guides of the services where a page begins with one. */
export const documentedCases: readonly Documented[] = [
  ...evaluation,
  ...elements,
  ...withVariables,
  ...documentedConditions,
  ...principals,
];
