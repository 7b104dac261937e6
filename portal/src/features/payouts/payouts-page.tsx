import { lazy } from "react";
import { useMe } from "../../app/me.ts";

const OwnPayouts = lazy(() => import("./own-payouts.tsx"));
const AllPayouts = lazy(() => import("./all-payouts.tsx"));

/** Money that leaves: to the partner who looks, or to all of them. */
export default function PayoutsPage() {
  return useMe().isPartner ? <OwnPayouts /> : <AllPayouts />;
}
