import type { Audit } from "../audit/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Mailer } from "../platform/mail/index.ts";
import type { RateLimits } from "../platform/rate-limit/index.ts";
import type { DomainResolver } from "./domain-resolver.ts";

/** What the verbs of this module are made with. */
export type WhitelabelDeps = {
  readonly db: Database;
  readonly audit: Audit;
  readonly limits: Pick<RateLimits, "consumeInMemory">;
  readonly mailer: Mailer;
  readonly publicUrl: string;
  /** The host, or the address, that custom domains should lead to. */
  readonly domainTarget: string;
  readonly domainResolver: DomainResolver;
  readonly programs: { getProgram(tx: ReadTx): Promise<{ readonly name: string }> };
  readonly people: { findAdministratorEmails(tx: ReadTx): Promise<readonly string[]> };
};
