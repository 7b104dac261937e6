import { addDays } from "../kernel/calendar.ts";
import { fractionFromPpm } from "../kernel/rate.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { CERTIFICATIONS, CONSENT } from "./certifications.ts";
import { findFigures } from "./figures-repository.ts";
import { openForm } from "./form-content.ts";
import { countSharing, type FormRow, findForms } from "./form-repository.ts";
import {
  type Address,
  type Classification,
  EXPIRING_DAYS,
  type FormKind,
  type FormState,
  type ServicePlace,
  stateOf,
} from "./form-rules.ts";
import { findTaxSettings, type PayoutsWait } from "./settings-repository.ts";
import { changeStandings, findStanding, lockStandings, type StandingRow } from "./standing-repository.ts";
import { figuresOf } from "./statutory-figures.ts";
import { type TaxDeps, todayOf } from "./tax-deps.ts";
import { taxErrors } from "./tax-errors.ts";
import { deliveryEvent, formEvent, withholdingEvent } from "./tax-events.ts";
import { maskedTin } from "./tin-rules.ts";

export type FormView = {
  readonly id: string;
  readonly kind: FormKind;
  readonly version: number;
  readonly signedAt: Date;
  readonly validUntil: string | null;
  readonly certification: string;
  /** Null, as all that follows, where it was erased. */
  readonly name: string | null;
  readonly businessName: string | null;
  readonly classification: Classification | null;
  readonly address: Address | null;
  readonly signatureName: string | null;
  readonly signatureIp: string | null;
  readonly tin: string | null;
  readonly services: ServicePlace | null;
};

export type TaxStanding = {
  readonly state: FormState;
  readonly form: FormView | null;
  readonly askedAt: Date | null;
  /** Whether payouts wait for a form. */
  readonly payoutsWait: PayoutsWait;
  /** US cents: from which on a year is reported. */
  readonly threshold: bigint;
  /** What is kept back of the next payout; null where nothing is. */
  readonly withholding: { readonly rate: number; readonly reason: "ordered" | "certified" | "form_missing" } | null;
  readonly consentedAt: Date | null;
};

export type OwnTax = TaxStanding & {
  readonly certifications: Readonly<Record<FormKind, { readonly version: string; readonly text: string }>>;
  readonly consent: { readonly version: string; readonly text: string };
};

function formView(deps: TaxDeps, row: FormRow): FormView {
  const signed = row.data_key_sealed === null ? undefined : openForm(deps, row);
  return {
    id: row.id,
    kind: row.kind,
    version: row.version,
    signedAt: row.signed_at,
    validUntil: row.valid_until,
    certification: row.certification,
    name: signed?.name ?? null,
    businessName: signed?.businessName ?? null,
    classification: signed?.kind === "w9" ? signed.classification : null,
    address: signed?.address ?? null,
    signatureName: signed?.signature.name ?? null,
    signatureIp: signed?.signature.ip ?? null,
    tin: row.tin_type !== null && row.tin_last4 !== null ? maskedTin(row.tin_type, row.tin_last4) : null,
    services: row.services,
  };
}

async function standingView(
  deps: TaxDeps,
  tx: ReadTx,
  standing: StandingRow | undefined,
): Promise<{ readonly view: TaxStanding; readonly row: FormRow | undefined }> {
  const formId = standing?.form_id ?? null;
  const row = formId === null ? undefined : (await findForms(tx, [formId])).get(formId);
  const settings = await findTaxSettings(tx);
  const today = await todayOf(deps, tx);
  const year = Number(today.slice(0, 4));
  const figures = figuresOf(year, await findFigures(tx, year));
  const state = stateOf(row, { today, expiringFrom: addDays(today, EXPIRING_DAYS) });
  const isMissing = state === "missing" || state === "expired";
  const reason = standing?.withholding_since
    ? "ordered"
    : row?.is_subject_to_withholding
      ? "certified"
      : settings.withholdsWithoutForm && isMissing
        ? "form_missing"
        : undefined;
  return {
    row,
    view: {
      state,
      form: row === undefined ? null : formView(deps, row),
      askedAt: standing?.asked_at ?? null,
      payoutsWait: settings.payoutsWait,
      threshold: figures.threshold,
      withholding: reason === undefined ? null : { rate: fractionFromPpm(figures.withholdingPpm), reason },
      consentedAt: standing?.consented_at ?? null,
    },
  };
}

/** How the acting partner stands with its taxes, and what it would sign. */
export const getOwnTax =
  (deps: TaxDeps) =>
  (ctx: Ctx): Promise<OwnTax> => {
    requireScope(ctx, "own:tax:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const { view } = await standingView(deps, tx, await findStanding(tx, partnerId));
      return { ...view, certifications: CERTIFICATIONS, consent: CONSENT };
    });
  };

export type PartnerTax = TaxStanding & {
  readonly partnerId: string;
  readonly withholdingReason: string | null;
  /** Other partners who have signed with the same number. */
  readonly partnersWithNumber: number;
};

/** How a partner stands, for the team: the number masked. */
export const getPartnerTax =
  (deps: TaxDeps) =>
  (ctx: Ctx, { partnerId }: { readonly partnerId: string }): Promise<PartnerTax> => {
    requireScope(ctx, "tax:read");
    return deps.db.read(ctx, async (tx) => {
      await deps.partners.getPartner(tx, partnerId);
      return partnerView(deps, tx, partnerId);
    });
  };

async function partnerView(deps: TaxDeps, tx: ReadTx, partnerId: string): Promise<PartnerTax> {
  const standing = await findStanding(tx, partnerId);
  const { view, row } = await standingView(deps, tx, standing);
  return {
    ...view,
    partnerId,
    withholdingReason: standing?.withholding_reason ?? null,
    partnersWithNumber: row === undefined ? 0 : await countSharing(tx, row),
  };
}

export type ChooseDelivery = { readonly isElectronic: boolean; readonly consent?: string };

/** The acting partner agrees to have its documents electronically, or withdraws that. */
export const chooseDelivery =
  (deps: TaxDeps) =>
  (ctx: Ctx, { isElectronic, consent }: ChooseDelivery): Promise<{ readonly consentedAt: Date | null }> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:tax:write");
      const partnerId = requirePartner(ctx);
      if (isElectronic && consent !== CONSENT.version) throw taxErrors.text_outdated({ current: CONSENT.version });
      const [standing] = await lockStandings(tx, [partnerId]);
      const isSame =
        (standing?.consented_at !== null) === isElectronic && (!isElectronic || standing?.consent_text === consent);
      if (isSame) return { consentedAt: standing?.consented_at ?? null };
      const consentedAt = isElectronic ? ctx.now : null;
      await changeStandings(tx, [partnerId], {
        consented_at: consentedAt,
        consent_text: isElectronic ? CONSENT.version : null,
      });
      await deps.audit.record(tx, isElectronic ? "tax_consent.given" : "tax_consent.withdrawn", {
        targetType: "partner",
        targetId: partnerId,
        after: { consentedAt, text: isElectronic ? CONSENT.version : null },
      });
      await deps.outbox.publish(tx, [deliveryEvent(partnerId, isElectronic)]);
      return { consentedAt };
    });

/** Asks partners for a form: whoever has a valid one is passed over. Each gets one mail a day at most. */
export const askForForms =
  (deps: TaxDeps) =>
  (ctx: Ctx, { partnerIds }: { readonly partnerIds: readonly string[] }): Promise<{ readonly asked: number }> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "tax:write");
      const known = [...(await deps.partners.findPartners(tx, partnerIds)).keys()];
      for (const partnerId of partnerIds) if (!known.includes(partnerId)) await deps.partners.getPartner(tx, partnerId);
      const standings = await lockStandings(tx, known);
      const forms = await findForms(
        tx,
        standings.flatMap(({ form_id }) => form_id ?? []),
      );
      const today = await todayOf(deps, tx);
      const expiringFrom = addDays(today, EXPIRING_DAYS);
      const asked = standings.filter(({ form_id, asked_at }) => {
        const isAskedToday = asked_at !== null && ctx.now.getTime() - asked_at.getTime() < ASKED_AGAIN_MS;
        return (
          !isAskedToday &&
          stateOf(form_id === null ? undefined : forms.get(form_id), { today, expiringFrom }) !== "valid"
        );
      });
      const ids = asked.map(({ partner_id }) => partner_id);
      await changeStandings(tx, ids, { asked_at: ctx.now });
      await deps.audit.recordAll(
        tx,
        "tax_form.requested",
        ids.map((id) => ({ targetType: "partner", targetId: id })),
      );
      await deps.outbox.publish(
        tx,
        asked.map(({ partner_id: partnerId, form_id }) => {
          const form = form_id === null ? undefined : forms.get(form_id);
          return formEvent("tax.form_requested", {
            partnerId,
            form: form?.kind ?? null,
            validUntil: form?.valid_until ?? null,
          });
        }),
      );
      return { asked: ids.length };
    });

const ASKED_AGAIN_MS = 24 * 3_600_000;

export type OrderWithholding = { readonly partnerId: string; readonly isOrdered: boolean; readonly reason: string };

/** Orders backup withholding of a partner's payouts from now on, as after a notice of the IRS, or ends it. */
export const orderWithholding =
  (deps: TaxDeps) =>
  (ctx: Ctx, { partnerId, isOrdered, reason }: OrderWithholding): Promise<PartnerTax> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "tax:write");
      await deps.partners.getPartner(tx, partnerId);
      const [standing] = await lockStandings(tx, [partnerId]);
      if ((standing?.withholding_since !== null) !== isOrdered) {
        await changeStandings(tx, [partnerId], {
          withholding_since: isOrdered ? ctx.now : null,
          withholding_reason: isOrdered ? reason : null,
        });
        await deps.audit.record(tx, isOrdered ? "tax_withholding.ordered" : "tax_withholding.ended", {
          targetType: "partner",
          targetId: partnerId,
          reason,
        });
        await deps.outbox.publish(tx, [withholdingEvent(partnerId, isOrdered)]);
      }
      return partnerView(deps, tx, partnerId);
    });
