/** Names of properties that are, or may be, what somebody signs in with. */
const secretName = /(password|passphrase|secret|credentials?|(api|access|private|client)[_-]?key|token)s?$/i;
const secretArn = /^arn:[\w-]*:(secretsmanager|ssm):/;
const urlWithUser = /^\w+:\/\/[^/?#]*@/;

/** Whether a property may be a secret or lead to one. AppFlow's own are plain, but a custom connector has any it likes. */
export function isSecretProperty(name: string, value: unknown): boolean {
  return secretName.test(name) || (typeof value === 'string' && (secretArn.test(value) || urlWithUser.test(value)));
}
