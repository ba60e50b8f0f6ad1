interface TextLimit {
  readonly max: number;
  readonly pattern: RegExp;
}

const noWhitespace = /^\S+$/u;
const oneLine = /^.+$/u;

/**
 * What a catalogue can hold: the limits AppFlow's API model of 2020-08-23 puts on its answers, and names that clients in JavaScript
 * can read. The real service does not always keep to them.
 */
const catalogLimits = {
  entityName: { max: 128, pattern: noWhitespace },
  group: { max: 128, pattern: noWhitespace },
  identifier: { max: 128, pattern: noWhitespace },
  label: { max: 128, pattern: oneLine },
  description: { max: 1024, pattern: /^[\s\w/!@#+=.-]+$/ },
  defaultValue: { max: 2048, pattern: oneLine },
  supportedValue: { max: 128, pattern: noWhitespace },
  valueRegexPattern: { max: 2048, pattern: oneLine },
  supportedDateFormat: { max: 2048, pattern: oneLine },
  fieldType: { max: 2048, pattern: /^\S.*$/u },
  customPropertyKey: { max: 128, pattern: /^\w+$/ },
  customPropertyValue: { max: 2048, pattern: noWhitespace },
  connectorText: { max: 256, pattern: oneLine },
  connectorVersion: { max: 256, pattern: noWhitespace },
  connectorDescription: { max: 2048, pattern: /^[\w!@#\-.?,\s]+$/ },
  apiVersion: { max: 256, pattern: noWhitespace },
  settingKey: { max: 512, pattern: noWhitespace },
  settingType: { max: 256, pattern: noWhitespace },
  settingLabel: { max: 128, pattern: /^.*$/u },
  settingDescription: { max: 1024, pattern: /^[\s\w/!@#+=.-]*$/ },
  suppliedValue: { max: 256, pattern: noWhitespace },
  oAuthScope: { max: 128, pattern: noWhitespace },
  oAuthUrl: { max: 256, pattern: /^https?:\/\/[-a-zA-Z0-9+&@#/%?=~_|!:,.;]*[-a-zA-Z0-9+&@#/%=~_|]$/ },
  dataTransferApi: { max: 64, pattern: /^[\w/-]+$/ },
  region: { max: 64, pattern: noWhitespace },
  registeredBy: { max: 512, pattern: noWhitespace },
  logoUrl: { max: 256, pattern: /^https?:\/\/\S+$/ },
  arn: { max: 512, pattern: /^arn:aws:.*:.*:[0-9]+:.*$/ },
  profileArn: { max: 512, pattern: /^arn:aws:appflow:.*:[0-9]+:.*$/ },
  profileProperty: { max: 512, pattern: /^.*$/u },
  customProfilePropertyKey: { max: 128, pattern: /^\w+$/ },
  customProfileProperty: { max: 2048, pattern: noWhitespace },
} as const satisfies Record<string, TextLimit>;

export type CatalogLimit = keyof typeof catalogLimits;

/** Whether a catalogue can hold a text in a place. */
export function fits(text: string, limit: CatalogLimit): boolean {
  const { max, pattern } = catalogLimits[limit];
  return text !== '__proto__' && [...text].length <= max && pattern.test(text);
}
