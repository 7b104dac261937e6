import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PATHS } from "../../app/paths.ts";
import { ShortId } from "../../ui/short-id.tsx";
import { loadPartnerName } from "./partner-names.ts";

type Of = { readonly id: string };

/** A partner by its name; by the end of its id until the name is there. */
export function PartnerName({ id }: Of) {
  const { data } = useQuery({ queryKey: ["partner-name", id], queryFn: () => loadPartnerName(id), staleTime: 300_000 });
  return data ? <bdi>{data}</bdi> : <ShortId id={id} />;
}

/** The same, which leads to its page. */
export const PartnerLink = ({ id }: Of) => (
  <Link to={PATHS.partner} params={{ id }}>
    <PartnerName id={id} />
  </Link>
);
