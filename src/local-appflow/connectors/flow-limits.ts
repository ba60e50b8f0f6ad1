import type { TextLimit } from './output-limits.ts';

const noWhitespace = { pattern: /^\S+$/u, allowed: 'text without whitespace' };
const oneLine = { pattern: /^.*$/u, allowed: 'text on one line' };
const prose = { pattern: /^[\w!@#\-.?,\s]*$/, allowed: 'letters, digits, spaces and _ ! @ # - . ? ,' };
const glueName = { pattern: /^[\t\u0020-\uFFFD]*$/, allowed: 'text without control characters' };

/** What DescribeFlow's answer can carry (AWS: API model of 2020-08-23, the shapes DescribeFlow reaches). */
export const flowLimits = {
  flowName: {
    max: 256,
    pattern: /^[a-zA-Z0-9][\w!@#.-]+$/,
    allowed: 'two or more of the letters, digits and _ ! @ # . -, the first a letter or digit',
  },
  description: { max: 2048, ...prose },
  statusMessage: {
    max: 2048,
    pattern: /^[\s\w/!@#+=.-]*$/,
    allowed: 'letters, digits, spaces and _ / ! @ # + = . -',
  },
  executionMessage: { max: 2048, ...prose },
  flowArn: {
    max: 512,
    pattern: /^arn:aws:appflow:.*:[0-9]+:.*$/,
    allowed: 'an ARN such as arn:aws:appflow:region:123456789012:flow/name',
  },
  kmsArn: {
    max: 2048,
    pattern: /^(?=.{20})arn:aws:kms:.*:[0-9]+:.*$/,
    allowed: 'an ARN such as arn:aws:kms:region:123456789012:key/id',
  },
  roleArn: {
    max: 512,
    pattern: /^arn:aws:iam:.*:[0-9]+:.*$/,
    allowed: 'an ARN such as arn:aws:iam::123456789012:role/name',
  },
  principal: { max: 256, ...noWhitespace },
  tagKey: {
    max: 128,
    pattern: /^(?!aws:)[a-zA-Z+-=._:/]+$/,
    allowed: 'letters, digits and + , - . / : ; < = _, not beginning with aws:',
  },
  tagValue: { max: 256, pattern: /^[\s\w+-=.:/@]*$/, allowed: 'letters, digits, spaces and + , - . / : ; < = _ @' },
  /** Of every connector but a custom one. */
  object: { max: 512, ...noWhitespace },
  /** Of a custom connector. */
  entity: { max: 1024, ...noWhitespace },
  bucket: { max: 63, pattern: /^\S{3,}$/u, allowed: 'three characters or more without whitespace' },
  upsolverBucket: {
    max: 63,
    pattern: /^(?=.{16,}$)upsolver-appflow\S*$/u,
    allowed: 'a bucket whose name begins with upsolver-appflow',
  },
  prefix: { max: 512, ...oneLine },
  dateField: { max: 256, ...oneLine },
  documentType: { max: 512, pattern: /^[\s\w-]+$/, allowed: 'letters, digits, spaces and _ -' },
  transferApi: { max: 64, pattern: /^[\w/-]+$/, allowed: 'letters, digits and _ / -' },
  idField: { max: 128, ...noWhitespace },
  domain: { max: 64, ...noWhitespace },
  objectType: { max: 255, ...noWhitespace },
  schedule: { max: 256, ...oneLine },
  timezone: { max: 256, ...oneLine },
  sourceField: { max: 2048, ...oneLine },
  destinationField: { max: 256, ...oneLine },
  taskProperty: { max: 2048, pattern: /^.+$/u, allowed: 'text on one line' },
  glueDatabase: { max: 255, ...glueName },
  glueTablePrefix: { max: 128, ...glueName },
  registration: { max: 2048, ...oneLine },
} as const satisfies Record<string, TextLimit>;

/** How many tags a flow may have. */
export const maxTags = 50;
