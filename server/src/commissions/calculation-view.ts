import type { Static } from "typebox";
import { fractionFromPpm } from "../kernel/rate.ts";
import { toWire } from "../platform/wire.ts";
import type { Calculation, HypotheticalSale } from "./calculate-commission.ts";
import type { CommissionPreview, PreviewBody } from "./commission-schema.ts";

/** A sale off the wire: amounts are bigint, what is not given is left out. */
export const hypotheticalSale = ({
  amount,
  tax,
  revenue,
  occurredAt,
  ...sale
}: Static<typeof PreviewBody>): HypotheticalSale => ({
  ...sale,
  amount: BigInt(amount),
  ...(tax === undefined ? {} : { tax: BigInt(tax) }),
  ...(revenue === undefined ? {} : { revenue: BigInt(revenue) }),
  ...(occurredAt === undefined ? {} : { occurredAt: new Date(occurredAt) }),
});

type Preview = Static<typeof CommissionPreview>;

/** What the API shows of a calculation. Clauses are plain JSON, as a kept receipt has them. */
export const viewCalculation = ({ commissions, receipt }: Calculation): Preview => ({
  commissions: commissions.map(({ type, rule, amount, currency, ratePpm, holdUntil }) => ({
    type,
    rule,
    amount,
    currency,
    rate: ratePpm === null ? null : fractionFromPpm(ratePpm),
    holdUntil,
  })),
  clauses: JSON.parse(toWire(receipt.clauses)) as Preview["clauses"],
});
