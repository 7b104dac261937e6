import { type Static, Type } from "typebox";
import { isCurrency } from "../kernel/currency.ts";
import { planErrors } from "./program-errors.ts";

/** What a cap binds: one commission, all of a customer's, or all of the partner's in a calendar month. */
export const CAPS = ["commission", "customer", "month"] as const;
export type Cap = (typeof CAPS)[number];

/** The most that may be earned, by currency, in minor units of each; a currency without one is not capped. */
export type EarningCaps = Readonly<Record<Cap, ReadonlyMap<string, bigint>>>;

const ByCurrency = (description: string) =>
  Type.Optional(
    Type.Record(
      Type.String({ pattern: "^[A-Z]{3}$" }),
      Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
      { additionalProperties: false, description: `${description}, by currency, in minor units of each` },
    ),
  );

export const EarningCapsDocument = Type.Object(
  {
    commission: ByCurrency("The most that one payment or card event earns by one clause"),
    customer: ByCurrency("The most that one customer ever earns its partner"),
    month: ByCurrency("The most that the partner earns on what is dated in a calendar month"),
  },
  {
    additionalProperties: false,
    description:
      "Of recurring, volume and share commissions. A currency without a cap is not capped; a refund frees no room",
  },
);
export type EarningCapsDocument = Static<typeof EarningCapsDocument>;

/** Reads caps. Throws the catalogue error of the first field that cannot be. */
export const readEarningCaps = (field: string, given: EarningCapsDocument): EarningCaps => ({
  commission: readCap(`${field}.commission`, given.commission),
  customer: readCap(`${field}.customer`, given.customer),
  month: readCap(`${field}.month`, given.month),
});

/** Caps as a plan writes them; a kind that caps nothing is left out. */
export const earningCapsView = (caps: EarningCaps): EarningCapsDocument =>
  Object.fromEntries(
    CAPS.flatMap((cap) =>
      caps[cap].size === 0
        ? []
        : [[cap, Object.fromEntries([...caps[cap]].map(([currency, minor]) => [currency, Number(minor)]))]],
    ),
  );

function readCap(field: string, given: Readonly<Record<string, number>> = {}): ReadonlyMap<string, bigint> {
  return new Map(
    Object.entries(given).map(([currency, minor]) => {
      const place = `${field}.${currency}`;
      if (!isCurrency(currency)) throw planErrors.currency_unknown({ field: place });
      if (!Number.isSafeInteger(minor) || minor < 0) throw planErrors.amount_invalid({ field: place, value: minor });
      return [currency, BigInt(minor)];
    }),
  );
}
