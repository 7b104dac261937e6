import { lazy } from "react";
import { useMe } from "../../app/me.ts";

const OwnTax = lazy(() => import("./own-tax.tsx"));
const TaxYear = lazy(() => import("./tax-year.tsx"));

/** Taxes: a partner signs its form and has its documents; the team closes tax years. */
export default function TaxPage() {
  const { isPartner } = useMe();
  return isPartner ? <OwnTax /> : <TaxYear />;
}
