import { createAudit } from "../../src/audit/index.ts";
import { invariant } from "../../src/kernel/invariant.ts";
import { findPartners, getPartner } from "../../src/partners/index.ts";
import { findPayout, sumOpen } from "../../src/payouts/index.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { createEnvelope, createSealer, deriveKey, generateSecrets } from "../../src/platform/crypto/index.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { PARTNER_SCOPES } from "../../src/platform/scopes.ts";
import { CERTIFICATIONS } from "../../src/tax/certifications.ts";
import type { TaxForm, W8, W9 } from "../../src/tax/form-rules.ts";
import { createTaxService } from "../../src/tax/index.ts";
import type { Payer } from "../../src/tax/tax-settings.ts";
import { payoutWorld } from "./payouts.ts";
import { asOwner } from "./postgres.ts";

export const W9_OF_ADA: W9 = {
  kind: "w9",
  name: "Ada Lovelace",
  classification: "individual",
  address: { line1: "1 Main St", city: "Austin", region: "TX", postalCode: "78701", country: "US" },
  tinType: "ssn",
  tin: "123-45-6789",
  isSubjectToWithholding: false,
};
export const W8_OF_BOB: W8 = {
  kind: "w8ben",
  name: "Bob Cratchit",
  address: { line1: "1 High St", city: "London", country: "GB" },
  countryOfOrigin: "GB",
  services: "outside_us",
};
export const PAYER: Payer = {
  name: "Acme Partners Inc",
  name2: null,
  ein: "12-3456789",
  line1: "2 Market St",
  line2: null,
  city: "Austin",
  region: "TX",
  postalCode: "78701",
  phone: "5125550123",
  email: "tax@acme.test",
};

/** Taxes over payouts, on a database of their own: the gate and what is kept back are the module's. The year is 2026 as the world begins. */
export async function taxWorld() {
  const base = await payoutWorld();
  const secrets = generateSecrets();
  const sealer = createSealer(secrets.encryptionKey);
  const deps = {
    db: base.db,
    audit: createAudit(),
    outbox: createOutbox(() => ({})),
    sealer,
    envelope: createEnvelope(sealer),
    indexKey: deriveKey(secrets.pepper, "test"),
    programs: { getProgram: async () => ({ name: "Test", timeZone: base.said.timeZone }) },
    partners: { getPartner, findPartners },
    payouts: { findPayout, sumOpen },
  };
  const tax = createTaxService(deps);
  base.said.gates.push(tax.payoutGate);
  base.said.withholding = tax.withholding;

  /** A person who acts for a partner: keys do not sign. */
  const person = async (partnerId: string): Promise<Ctx> => {
    const [row] = await asOwner<{ user_id: string }>(base.clone, "select user_id from partners where id = $1", [
      partnerId,
    ]);
    invariant(row, "the partner has a user");
    return {
      ...base.partner(partnerId),
      ip: "203.0.113.9",
      actor: {
        type: "user",
        userId: row.user_id,
        role: "partner",
        sessionId: row.user_id,
        partnerId,
        scopes: new Set(PARTNER_SCOPES),
      },
    };
  };
  const sign = async (partnerId: string, form: TaxForm, name = form.name) =>
    tax.signForm(await person(partnerId), {
      form,
      signature: { name, certification: CERTIFICATIONS[form.kind].version },
    });
  /** Pays a partner, from a commission to the transfer. Returns the payout. */
  const pay = async (partnerId: string, amount: bigint, currency = "USD"): Promise<string> => {
    await base.earn(partnerId, amount, currency);
    const payoutId = await base.request(partnerId, undefined, currency);
    await base.payouts.processPayout(base.operator(), { payoutId });
    await base.send(payoutId);
    return payoutId;
  };
  /** The provider takes a payout's transfer back. */
  const takeBack = async (payoutId: string): Promise<void> => {
    const [transfer] = base.transfersOf(payoutId);
    invariant(transfer, "the payout was sent");
    await base.reverse(transfer.id);
    const [reversed] = base.transfersOf(payoutId);
    await base.hear("transfer.reversed", reversed ?? {});
  };
  const lineOf = async (partnerId: string, year: number) =>
    (await tax.findTaxPayments(base.operator(), { year, partnerId, limit: 200 })).line;
  return { ...base, tax, taxDeps: deps, person, sign, pay, takeBack, lineOf };
}

export type TaxWorld = Awaited<ReturnType<typeof taxWorld>>;
