import { lazy } from "react";
import { useMe } from "../../app/me.ts";

const PartnerHome = lazy(() => import("./partner-home.tsx"));
const OperatorHome = lazy(() => import("./operator-home.tsx"));

/** A partner's home is a balance; the operator's is what waits. */
export default function HomePage() {
  return useMe().isPartner ? <PartnerHome /> : <OperatorHome />;
}
