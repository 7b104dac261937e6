import type { Ctx } from "../platform/context.ts";
import type { Sealer, Secrets } from "../platform/crypto/index.ts";
import type { Database, Tx } from "../platform/database/index.ts";
import type { Mailer } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import type { RateLimits } from "../platform/rate-limit/index.ts";
import type { AccessTokens } from "./access-token.ts";
import type { HashingKeys } from "./hashing-keys.ts";
import type { KeyUsage } from "./key-usage.ts";
import type { SignInGuard } from "./sign-in-guard.ts";

/** What identity asks of the trail of acts, which lies above it. */
export type ActRecorder = {
  record(
    tx: Tx,
    action: string,
    act: { targetType: string; targetId: string | null; before?: object; after?: object; reason?: string },
  ): Promise<void>;
};

export type IdentityDeps = {
  readonly db: Database;
  readonly audit: ActRecorder;
  readonly outbox: Outbox;
  readonly mailer: Mailer;
  readonly limits: RateLimits;
  readonly secrets: Secrets;
  /** Where people reach the operator; sub-operators are reached on their own hosts. */
  readonly publicUrl: string;
  /** Has the domain that links are made with shown again to be the tenant's. Without, links with a token are made without it. */
  readonly proveLinkHost?: (ctx: Ctx) => Promise<void>;
  /** Told what went wrong behind a request, where there is nobody to answer. */
  readonly onError: (error: unknown) => void;
};

/** What the verbs are handed: the dependencies, and what is made of the secrets once. */
export type IdentityParts = IdentityDeps & {
  readonly accessTokens: AccessTokens;
  readonly keys: HashingKeys;
  /** Seals the secrets of authenticator apps. */
  readonly sealer: Sealer;
  readonly guard: SignInGuard;
  readonly usage: KeyUsage;
};
