import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { ShortId } from "../../ui/short-id.tsx";
import { loadPartnerName } from "./partner-names.ts";

/** A partner by its name, which leads to its page; by the end of its id until the name is there. */
export function PartnerLink({ id }: { readonly id: string }) {
  const { data } = useQuery({ queryKey: ["partner-name", id], queryFn: () => loadPartnerName(id), staleTime: 300_000 });
  return (
    <Link to={PATHS.partner} params={{ id }}>
      {data ? <bdi>{data}</bdi> : <ShortId id={id} />}
    </Link>
  );
}
