/** What a caller may do: read metadata, reset it, look at how the gateway does. */
export const scopes = ['appflow:read', 'appflow:reset', 'appflow:operate'] as const;

export type Scope = (typeof scopes)[number];

/** Who is asking, as far as the gateway was told to find out. */
export interface Caller {
  /** The subject of the token, or `router`; `null` where nobody is asked who they are. For logs and budgets, never for decisions. */
  readonly id: string | null;
  readonly scopes: ReadonlySet<Scope>;
}

/** The caller of a gateway without authentication: may do everything, because whoever reaches it was meant to. */
export const anyone: Caller = { id: null, scopes: new Set(scopes) };
