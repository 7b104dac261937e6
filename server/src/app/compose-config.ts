import type { FastifyBaseLogger } from "fastify";
import type { CheckpointPlace } from "../audit/index.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Secrets } from "../platform/crypto/index.ts";
import type { MailServer } from "../platform/mail/index.ts";
import type { AddressPolicy } from "../webhooks/index.ts";
import type { SanctionsConfig } from "./screening-source.ts";

/** What lies outside the program. Everything else is real, in tests too. */
export type Ports = { readonly clock: Clock; readonly mailer: MailServer };

/** What the program is composed from: the parts of the configuration that services need. */
export type ComposeConfig = {
  readonly database: { readonly url: string; readonly poolMax?: number };
  readonly publicUrl: string;
  readonly secrets: Secrets;
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  /** Undefined where no key is set: then payouts go out as bank files alone. `apiBase` is another address than Stripe's own. */
  readonly stripe:
    | { readonly secretKey: string; readonly webhookSecret: string; readonly apiBase?: string }
    | undefined;
  readonly clickRetentionDays?: number;
  /** Where names are compared with sanctions lists: from which folder or address lists come, or which service has them. By hand when not given. */
  readonly sanctions?: SanctionsConfig;
  /** Addresses of the card issuer beside its own: its stand-in. */
  readonly cardIssuerAddresses?: readonly string[];
  /** Where scheduled exports go that are not mailed; nowhere when not given. */
  readonly exportFolder?: string | undefined;
  /** Where checkpoints of the audit trail are published. */
  readonly checkpointPlace?: CheckpointPlace | undefined;
  /** Where custom domains lead, and whom to ask about them; the host of `publicUrl`, and whoever the machine asks, when not given. */
  readonly domains?: { readonly target?: string | undefined; readonly dnsServers?: readonly string[] };
  /** Where webhooks may go beyond public addresses over https; nowhere when not given. */
  readonly webhookAddresses?: AddressPolicy;
  readonly logger: FastifyBaseLogger;
};
