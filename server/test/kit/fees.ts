import { createAudit } from "../../src/audit/index.ts";
import type { FeeDeps } from "../../src/fees/fee-deps.ts";
import type { FeeTerms } from "../../src/fees/fee-rules.ts";
import { createFeeService } from "../../src/fees/index.ts";
import { findActivePartners, getPartner } from "../../src/partners/index.ts";
import type { Mail } from "../../src/platform/mail/index.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { LICENCE } from "./fee-terms.ts";
import { payoutWorld } from "./payouts.ts";

/** Fees beside payouts, on a database of their own; `told` is what terms say, and the mails that went out. */
export async function feeWorld() {
  const base = await payoutWorld();
  const told: { terms: FeeTerms; mails: Mail[]; limit: bigint | null; makers: Map<string, string> } = {
    terms: LICENCE,
    mails: [],
    limit: null,
    makers: new Map(),
  };
  const deps: FeeDeps = {
    db: base.db,
    audit: createAudit(),
    outbox: createOutbox(() => ({})),
    ledger: base.ledger,
    publicUrl: "https://operator.test",
    mailer: { send: async (mail) => void told.mails.push(mail) },
    programs: { getProgram: async () => ({ name: "Test", timeZone: "UTC" }) },
    partners: {
      getPartner,
      currentTerms: async (_tx, ids) => new Map(ids.map((id) => [id, told.terms])),
      findActivePartners,
      contactOf: async (_tx, id) => ({ email: `${id}@example.com`, language: null }),
    },
    commissions: base.commissions,
    people: { makerOfKey: async (_tx, keyId) => told.makers.get(keyId) ?? null },
    payouts: { approvalAbove: async () => told.limit },
  };
  const fees = createFeeService(deps);
  /** An active partner with an agreement from the first of January, when the world begins. */
  const newDebtor = async (
    more: { maySetOff?: boolean; startsOn?: string; endsOn?: string; dueDays?: number } = {},
  ): Promise<string> => {
    const partnerId = await base.newPartner();
    await fees.agreeFees(base.operator(), {
      partnerId,
      startsOn: "2026-01-01",
      endsOn: null,
      supportFrom: null,
      maySetOff: true,
      dueDays: 30,
      ...more,
    });
    return partnerId;
  };
  /** An invoice of one line. */
  const charge = async (partnerId: string, unitAmount: number, currency = "USD"): Promise<string> => {
    const lines = [{ description: "A day of training", quantity: 1, unitAmount }];
    return (await fees.issueInvoice(base.operator(), { partnerId, currency, lines })).id;
  };
  return { ...base, fees, told, newDebtor, charge };
}

export type FeeWorld = Awaited<ReturnType<typeof feeWorld>>;
