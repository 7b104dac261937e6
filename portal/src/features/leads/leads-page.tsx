import { lazy } from "react";
import { useMe } from "../../app/me.ts";

const OwnLeads = lazy(() => import("./own-leads.tsx"));
const AllLeads = lazy(() => import("./all-leads.tsx"));

/** Deals: for a partner those that it registered, for the team what waits to be decided. */
export default function LeadsPage() {
  return useMe().isPartner ? <OwnLeads /> : <AllLeads />;
}
