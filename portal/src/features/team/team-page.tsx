import { lazy } from "react";
import { useMe } from "../../app/me.ts";

const OwnTeam = lazy(() => import("./own-team.tsx"));
const AllTeam = lazy(() => import("./all-team.tsx"));

/** Who works here: for a partner, or for the programme. */
export default function TeamPage() {
  return useMe().isPartner ? <OwnTeam /> : <AllTeam />;
}
