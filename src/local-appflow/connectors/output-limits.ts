/** A bound AppFlow's API model puts on a text: its length in characters, and what it may consist of. */
export interface TextLimit {
  readonly max: number;
  readonly pattern: RegExp;
  /** The pattern in words, to follow "expected". */
  readonly allowed: string;
}

const noWhitespace = { pattern: /^\S+$/u, allowed: 'text without whitespace' };
const oneLine = { pattern: /^.*$/u, allowed: 'text on one line' };
const connectorLabel = {
  pattern: /^[a-zA-Z0-9][\w!@#.-]+$/,
  allowed: 'two or more of the letters, digits and _ ! @ # . -, the first a letter or digit',
};

/** What AppFlow's answers can carry (AWS: API model of 2020-08-23, the output shapes of the metadata operations). */
export const outputLimits = {
  entityName: { max: 128, ...noWhitespace },
  entitiesPath: {
    max: 256,
    pattern: /^[\s\w/!@#+=,.-]*$/,
    allowed: 'letters, digits, spaces and _ / ! @ # + = , . - (its name is the path of what is nested in it)',
  },
  /** A key in AppFlow's answer, and one that clients in JavaScript lose. */
  group: { max: 128, pattern: /^(?!__proto__$)\S+$/u, allowed: 'text without whitespace other than __proto__' },
  identifier: { max: 128, ...noWhitespace },
  label: { max: 128, ...oneLine },
  description: {
    max: 1024,
    pattern: /^[\s\w/!@#+=.-]*$/,
    allowed: 'letters, digits, spaces and _ / ! @ # + = . -',
  },
  defaultValue: { max: 2048, ...oneLine },
  supportedValue: { max: 128, ...noWhitespace },
  valueRegexPattern: { max: 2048, ...oneLine },
  supportedDateFormat: { max: 2048, ...oneLine },
  customPropertyKey: { max: 128, pattern: /^\w+$/, allowed: 'letters, digits and _' },
  customPropertyValue: { max: 2048, ...noWhitespace },
  fieldType: { max: 2048, pattern: /^\S.*$/u, allowed: 'a type' },
  profileName: { max: 256, pattern: /^[\w/!@#+=.-]+$/, allowed: 'letters, digits and _ / ! @ # + = . -' },
  connectorLabel: { max: 256, ...connectorLabel },
  connectorName: { max: 256, ...oneLine },
  connectorOwner: { max: 256, ...oneLine },
  connectorVersion: { max: 256, ...noWhitespace },
  connectorDescription: {
    max: 2048,
    pattern: /^[\w!@#\-.?,\s]*$/,
    allowed: 'letters, digits, spaces and _ ! @ # - . ? ,',
  },
  apiVersion: { max: 256, ...noWhitespace },
  settingKey: { max: 512, ...noWhitespace },
  settingType: { max: 256, ...noWhitespace },
  suppliedValue: { max: 256, ...noWhitespace },
  oAuthScope: { max: 128, ...noWhitespace },
  oAuthUrl: {
    max: 256,
    pattern: /^https?:\/\/[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]$/,
    allowed: 'a http or https URL',
  },
  dataTransferApi: { max: 64, pattern: /^[\w/-]+$/, allowed: 'letters, digits and _ / -' },
  region: { max: 64, ...noWhitespace },
  registeredBy: { max: 512, ...noWhitespace },
  logoUrl: { max: 256, pattern: /^https?:\/\/\S+$/, allowed: 'a http or https URL' },
  arn: {
    max: 512,
    pattern: /^arn:aws:.*:.*:[0-9]+:.*$/,
    allowed: 'an ARN such as arn:aws:service:region:123456789012:name',
  },
  profileArn: {
    max: 512,
    pattern: /^arn:aws:appflow:.*:[0-9]+:.*$/,
    allowed: 'an ARN such as arn:aws:appflow:region:123456789012:connectorprofile/name',
  },
  profileTextProperty: { max: 512, ...oneLine },
  profileNameProperty: { max: 512, ...noWhitespace },
  customProfilePropertyKey: { max: 128, pattern: /^\w+$/, allowed: 'letters, digits and _' },
  customProfileProperty: { max: 2048, ...noWhitespace },
} as const satisfies Record<string, TextLimit>;

/** How many custom properties one field, and how many properties one profile of a custom connector may have. */
export const maxCustomProperties = 50;

/** Why a text is outside a limit, in words: what was expected and what came. `undefined` when it is inside. */
export function breachOf(text: string, { max, pattern, allowed }: TextLimit): string | undefined {
  const length = [...text].length;
  if (length > max) return `expected at most ${max} characters, got ${length}`;
  if (!pattern.test(text)) return `expected ${allowed}, got ${JSON.stringify(text)}`;
  return undefined;
}

/** Makes a text from elsewhere a label: its first line, cut to what AppFlow carries. */
export function fitLabel(text: string): string {
  return cut(text.trim().split(/[\r\n\u2028\u2029]/u)[0] ?? '', outputLimits.label.max).trimEnd();
}

/** Makes a text from elsewhere a description: what AppFlow cannot carry becomes a space, what is too long is cut. */
export function fitDescription(text: string): string {
  const carried = text.replaceAll(/[^\s\w/!@#+=.-]/gu, ' ').replaceAll(/\s+/g, ' ');
  return cut(carried.trim(), outputLimits.description.max).trimEnd();
}

function cut(text: string, max: number): string {
  return [...text].slice(0, max).join('');
}
