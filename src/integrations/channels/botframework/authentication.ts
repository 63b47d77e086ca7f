import { ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { AuthenticationConstants } from 'botframework-connector';
import type { Activity } from 'botframework-schema';

/** Who we are to the Bot Framework. */
export interface AppIdentity {
  readonly appId: string;
  readonly appPassword: string;
  /** Set for an app of one tenant, the only kind that Azure makes nowadays. */
  readonly tenantId?: string | undefined;
}

export interface BotFrameworkAuthentication {
  /** Rejects when the activity does not come from the service that it names, to our app. */
  check(activity: unknown, authorization: string): Promise<void>;
  /** Our token for a service. Rejects when Microsoft gives none. */
  token(): Promise<string>;
}

const {
  OAuthUrl,
  ToBotFromChannelOpenIdMetadataUrl: OPEN_ID_METADATA_URL,
  ToBotFromChannelTokenIssuer,
  ToBotFromEmulatorOpenIdMetadataUrl,
  ToChannelFromBotLoginUrl,
  ToChannelFromBotOAuthScope,
} = AuthenticationConstants;

/**
 * The checks of JWT and the tokens are those of Microsoft's SDK. `openIdMetadataUrl`: where the keys of the services are
 * published, Microsoft's address if not given.
 */
export function createAuthentication(
  app: AppIdentity,
  openIdMetadataUrl: string = OPEN_ID_METADATA_URL,
): BotFrameworkAuthentication {
  const credentials = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: app.appId,
    MicrosoftAppPassword: app.appPassword,
    MicrosoftAppType: app.tenantId === undefined ? 'MultiTenant' : 'SingleTenant',
    ...(app.tenantId !== undefined && { MicrosoftAppTenantId: app.tenantId }),
  });
  // All of them or none: whoever names one address names all.
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      ...{ OAuthUrl, ToBotFromChannelTokenIssuer, ToBotFromEmulatorOpenIdMetadataUrl },
      ...{ ToChannelFromBotLoginUrl, ToChannelFromBotOAuthScope },
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    },
    credentials,
  );
  return {
    async check(activity, authorization) {
      await authentication.authenticateRequest(activity as Activity, authorization);
    },
    async token() {
      const { appId } = app;
      const own = await credentials.createCredentials(
        appId,
        ToChannelFromBotOAuthScope,
        ToChannelFromBotLoginUrl,
        true,
      );
      return (own as unknown as { getToken(): Promise<string> }).getToken();
    },
  };
}
