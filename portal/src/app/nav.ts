import { useQuery } from "@tanstack/react-query";
import { useMe } from "./me.ts";
import { navFor } from "./paths.ts";
import { read } from "./queries.ts";

/** The pages that stand in the menu of who is signed in: those that their role reads, and of a partner those that its terms include, and of which it has anything. */
export function useNav() {
  const me = useMe();
  const { data } = useQuery({ ...read("getPartnerProfile"), enabled: me.isPartner });
  return navFor({ ...me, features: [...(data?.terms.features ?? []), ...(data?.hasFees ? ["fees"] : [])] });
}
