import type { FastifyBaseLogger } from "fastify";
import type { Clock } from "../kernel/clock.ts";
import type { Secrets } from "../platform/crypto/index.ts";
import type { Mailer } from "../platform/mail/index.ts";
import type { AddressPolicy } from "../webhooks/index.ts";

/** What lies outside the program. Everything else is real, in tests too. */
export type Ports = { readonly clock: Clock; readonly mailer: Mailer };

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
  /** Where webhooks may go beyond public addresses over https; nowhere when not given. */
  readonly webhookAddresses?: AddressPolicy;
  readonly logger: FastifyBaseLogger;
};
