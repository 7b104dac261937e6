import type { components } from "@tributary/sdk";
import type { Receipt } from "../commissions/receipt-type.ts";

type Commission = components["schemas"]["Commission"];

/** What is kept with a dispute, as the API sends it: plain JSON. The partner's has no names of the operator, and no touch of another. */
export type Evidence = {
  readonly commission?: Commission;
  readonly receipt?: Receipt | null;
  readonly sale?: Sale;
  /** Rows of the commission that took a part back. */
  readonly refunds?: readonly Commission[];
  readonly touches?: readonly Touch[];
  readonly attribution?: { readonly touches: readonly Touch[] };
};

type Sale = {
  readonly externalId?: string;
  readonly customerExternalId?: string | null;
  readonly kind: string;
  readonly amount: number;
  readonly tax: number;
  readonly currency: string;
  readonly occurredAt: string;
};

export type Touch = {
  readonly kind: string;
  readonly id: string;
  readonly at: string;
  readonly partnerId?: string | null;
  readonly outcome: string | null;
};

/** The currency that a dispute is about; unknown where what is missing was not found. */
export const currencyOf = ({ commission, sale }: Evidence): string | undefined =>
  commission?.currency ?? sale?.currency;
