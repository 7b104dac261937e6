import type { Audit } from "../audit/index.ts";
import type { Database, ReadTx } from "../platform/database/index.ts";
import type { Reader } from "../platform/language/index.ts";
import type { Mailer, PartnerLook } from "../platform/mail/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";

/** What analytics asks of the modules below it; everything else it reads from their tables. */
export type AnalyticsDeps = {
  readonly db: Database;
  readonly programs: {
    /** The tenant's programme: days are cut in its time zone, and what has no currency is counted under its own. */
    getProgram(tx: ReadTx): Promise<{ readonly timeZone: string; readonly currency: string }>;
  };
  /** A customer's address as partners may see it. */
  readonly maskEmail: (email: string) => string;
};

/** What scheduled exports are made with. */
export type ExportScheduleDeps = AnalyticsDeps & {
  readonly audit: Audit;
  readonly outbox: Outbox;
  readonly mailer: Pick<Mailer, "send">;
  readonly people: {
    isTeamMember(tx: ReadTx, userId: string): Promise<boolean>;
    contactsOf(tx: ReadTx, userIds: readonly string[]): Promise<ReadonlyMap<string, Reader>>;
  };
  readonly partners: { getPartner(tx: ReadTx, partnerId: string): Promise<{ readonly status: string }> };
  readonly publicUrl: string;
  readonly partnerLook: PartnerLook;
  /** Where exports are laid that go into a folder; undefined where none was set. */
  readonly exportFolder: string | undefined;
};
