import { lazy } from "react";
import { useMe } from "../../app/me.ts";
import { queryClient, read } from "../../app/queries.ts";
import { PartnerHome } from "./partner-home.tsx";

const loadOperatorHome = () => import("./operator-home.tsx");
const OperatorHome = lazy(loadOperatorHome);

/** A partner's home is a balance; the operator's is what waits. */
export function HomePage() {
  return useMe().isPartner ? <PartnerHome /> : <OperatorHome />;
}

/** Fetches what home begins with, so that it is drawn at once. */
export const loadHome = async ({ isPartner }: { readonly isPartner: boolean }): Promise<void> => {
  if (!isPartner) return void (await loadOperatorHome());
  await Promise.all([
    queryClient.prefetchQuery(read("getCommissionSummary")),
    queryClient.prefetchQuery(read("listOwnAgreements")),
    queryClient.prefetchQuery(read("getPartnerProfile")),
  ]);
};
