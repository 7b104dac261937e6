import type { ReadTx, Tx } from "../platform/database/index.ts";

/** Whether payouts to a partner without a valid form wait. */
export const PAYOUTS_WAIT = ["never", "at_threshold", "always"] as const;
export type PayoutsWait = (typeof PAYOUTS_WAIT)[number];

export type TaxSettings = {
  readonly payoutsWait: PayoutsWait;
  readonly withholdsWithoutForm: boolean;
  /** Null: that of the programme. */
  readonly timeZone: string | null;
  readonly methodsReportedElsewhere: ("stripe_connect" | "bank_file" | "elsewhere")[];
  readonly payerSealed: Buffer | null;
};

/** What holds where nothing was set. */
const DEFAULTS: TaxSettings = {
  payoutsWait: "never",
  withholdsWithoutForm: false,
  timeZone: null,
  methodsReportedElsewhere: [],
  payerSealed: null,
};

/** How the programme deals with taxes. */
export async function findTaxSettings(tx: ReadTx): Promise<TaxSettings> {
  const row = await tx
    .selectFrom("tax_settings")
    .select(["payouts_wait", "withholds_without_form", "time_zone", "methods_reported_elsewhere", "payer_sealed"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirst();
  if (row === undefined) return DEFAULTS;
  return {
    // What the table and the schema admit makes the casts true.
    payoutsWait: row.payouts_wait as PayoutsWait,
    withholdsWithoutForm: row.withholds_without_form,
    timeZone: row.time_zone,
    methodsReportedElsewhere: row.methods_reported_elsewhere as TaxSettings["methodsReportedElsewhere"],
    payerSealed: row.payer_sealed,
  };
}

export async function upsertTaxSettings(tx: Tx, settings: TaxSettings): Promise<void> {
  const values = {
    payouts_wait: settings.payoutsWait,
    withholds_without_form: settings.withholdsWithoutForm,
    time_zone: settings.timeZone,
    methods_reported_elsewhere: [...settings.methodsReportedElsewhere],
    payer_sealed: settings.payerSealed,
    updated_at: tx.ctx.now,
  };
  await tx
    .insertInto("tax_settings")
    .values({ tenant_id: tx.ctx.tenantId, ...values })
    .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet(values))
    .execute();
}
