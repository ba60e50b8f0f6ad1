/**
 * The shapes local AppFlow puts on the wire, member for member those of the AppFlow API model of 2020-08-23. Nothing else may
 * appear in an answer. Booleans that AWS defaults to false are always written; an optional that is empty is left out.
 */

export interface ConnectorEntity {
  readonly name: string;
  readonly label?: string;
  readonly hasNestedEntities: boolean;
}

export interface ConnectorEntityField {
  readonly identifier: string;
  readonly parentIdentifier?: string;
  readonly label?: string;
  readonly isPrimaryKey: boolean;
  readonly defaultValue?: string;
  readonly isDeprecated: boolean;
  readonly supportedFieldTypeDetails?: { readonly v1: FieldTypeDetails };
  readonly description?: string;
  readonly sourceProperties?: SourceFieldProperties;
  readonly destinationProperties?: DestinationFieldProperties;
  readonly customProperties?: Readonly<Record<string, string>>;
}

export interface FieldTypeDetails {
  readonly fieldType: string;
  readonly filterOperators: readonly string[];
  readonly supportedValues?: readonly string[];
  readonly valueRegexPattern?: string;
  readonly supportedDateFormat?: string;
  readonly fieldValueRange?: Range;
  readonly fieldLengthRange?: Range;
}

/** A connector may limit one side only. */
export interface Range {
  readonly maximum?: number;
  readonly minimum?: number;
}

export interface SourceFieldProperties {
  readonly isRetrievable: boolean;
  readonly isQueryable: boolean;
  readonly isTimestampFieldForIncrementalQueries: boolean;
}

export interface DestinationFieldProperties {
  readonly isCreatable: boolean;
  readonly isNullable: boolean;
  readonly isUpsertable: boolean;
  readonly isUpdatable: boolean;
  readonly isDefaultedOnCreate: boolean;
  readonly supportedWriteOperations?: readonly string[];
}

export interface ConnectorDetail {
  readonly connectorDescription?: string;
  readonly connectorName?: string;
  readonly connectorOwner?: string;
  readonly connectorVersion?: string;
  readonly applicationType?: string;
  readonly connectorType?: string;
  readonly connectorLabel?: string;
  /** Epoch seconds. */
  readonly registeredAt?: number;
  readonly registeredBy?: string;
  readonly connectorProvisioningType?: 'LAMBDA';
  readonly connectorModes?: readonly string[];
  readonly supportedDataTransferTypes?: readonly string[];
}

export interface ConnectorConfiguration {
  readonly canUseAsSource: boolean;
  readonly canUseAsDestination: boolean;
  readonly supportedDestinationConnectors?: readonly string[];
  readonly supportedSchedulingFrequencies?: readonly string[];
  readonly isPrivateLinkEnabled: boolean;
  readonly isPrivateLinkEndpointUrlRequired: boolean;
  readonly supportedTriggerTypes?: readonly string[];
  /** Keyed as the model keys it, like the properties of a profile. */
  readonly connectorMetadata?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly connectorType?: string;
  readonly connectorLabel?: string;
  readonly connectorDescription?: string;
  readonly connectorOwner?: string;
  readonly connectorName?: string;
  readonly connectorVersion?: string;
  readonly connectorArn?: string;
  readonly connectorModes?: readonly string[];
  readonly authenticationConfig?: AuthenticationConfig;
  readonly connectorRuntimeSettings?: readonly ConnectorRuntimeSetting[];
  readonly supportedApiVersions?: readonly string[];
  readonly supportedOperators?: readonly string[];
  readonly supportedWriteOperations?: readonly string[];
  readonly connectorProvisioningType?: 'LAMBDA';
  readonly connectorProvisioningConfig?: { readonly lambda: { readonly lambdaArn: string } };
  readonly logoURL?: string;
  /** Epoch seconds. */
  readonly registeredAt?: number;
  readonly registeredBy?: string;
  readonly supportedDataTransferTypes?: readonly string[];
  readonly supportedDataTransferApis?: readonly DataTransferApi[];
}

/** How profiles may sign in. */
export interface AuthenticationConfig {
  readonly isBasicAuthSupported: boolean;
  readonly isApiKeyAuthSupported: boolean;
  readonly isOAuth2Supported: boolean;
  readonly isCustomAuthSupported: boolean;
  readonly oAuth2Defaults?: OAuth2Defaults | undefined;
  readonly customAuthConfigs?: readonly CustomAuthConfig[] | undefined;
}

export interface OAuth2Defaults {
  readonly oauthScopes?: readonly string[] | undefined;
  readonly tokenUrls?: readonly string[] | undefined;
  readonly authCodeUrls?: readonly string[] | undefined;
  readonly oauth2GrantTypesSupported?: readonly string[] | undefined;
  readonly oauth2CustomProperties?: readonly OAuth2CustomParameter[] | undefined;
}

export interface OAuth2CustomParameter extends AuthParameter {
  readonly type?: string | undefined;
}

export interface CustomAuthConfig {
  readonly customAuthenticationType?: string | undefined;
  readonly authParameters?: readonly AuthParameter[] | undefined;
}

export interface AuthParameter {
  readonly key?: string | undefined;
  readonly isRequired: boolean;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  readonly isSensitiveField: boolean;
  readonly connectorSuppliedValues?: readonly string[] | undefined;
}

/** What a custom connector wants to be told with every call. */
export interface ConnectorRuntimeSetting {
  readonly key?: string | undefined;
  readonly dataType?: string | undefined;
  readonly isRequired: boolean;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  readonly scope?: string | undefined;
  readonly connectorSuppliedValueOptions?: readonly string[] | undefined;
}

/** With capitals, unlike all other members of the model. */
export interface DataTransferApi {
  readonly Name: string;
  readonly Type: 'SYNC' | 'ASYNC' | 'AUTOMATIC';
}

export interface ConnectorProfile {
  readonly connectorProfileArn: string;
  readonly connectorProfileName: string;
  readonly connectorType: string;
  readonly connectorLabel?: string;
  readonly connectionMode: 'Public' | 'Private';
  readonly credentialsArn?: string;
  /** Keyed as the model keys it, which differs from the type for GoogleAnalytics, InforNexus and ServiceNow. */
  readonly connectorProfileProperties?: Readonly<Record<string, unknown>>;
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly lastUpdatedAt: number;
}
