/** Where local AppFlow pretends to be. */
export interface AwsAccount {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** ARN of a connector profile (AWS: `arn:aws:appflow:REGION:ACCOUNT:connectorprofile/NAME`). */
export function profileArn({ region, accountId }: AwsAccount, name: string): string {
  return `arn:aws:appflow:${region}:${accountId}:connectorprofile/${name}`;
}

/** ARN of a flow. */
export function flowArn({ region, accountId }: AwsAccount, name: string): string {
  return `arn:aws:appflow:${region}:${accountId}:flow/${name}`;
}

/** ARN of a custom connector's registration. */
export function connectorArn({ region, accountId }: AwsAccount, label: string): string {
  return `arn:aws:appflow:${region}:${accountId}:connector/${label}`;
}

/** ARN of the function behind a custom connector; its name is the label as far as a function can be named so. */
export function connectorLambdaArn({ region, accountId }: AwsAccount, label: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${label.replaceAll(/[^\w-]/g, '-').slice(0, 64)}`;
}

/** ARN of the secret AppFlow keeps a profile's credentials in. */
export function credentialsArn({ region, accountId }: AwsAccount, profileName: string): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:appflow!${accountId}-${profileName}`;
}
