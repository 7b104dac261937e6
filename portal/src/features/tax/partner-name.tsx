import { useQuery } from "@tanstack/react-query";
import { ShortId } from "../../ui/short-id.tsx";
import { loadPartnerName } from "../partners/partner-names.ts";

/** A partner by its name, where the row itself leads on. */
export function PartnerName({ id }: { readonly id: string }) {
  const { data } = useQuery({ queryKey: ["partner-name", id], queryFn: () => loadPartnerName(id), staleTime: 300_000 });
  return data ? <bdi>{data}</bdi> : <ShortId id={id} />;
}
