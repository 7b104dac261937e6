import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Output } from "@tributary/sdk";
import { api } from "../../app/api.ts";
import { loadTogether } from "../../app/load-together.ts";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import { ShortId } from "../../ui/short-id.tsx";

export type Person = Output<"findDataSubjects">["data"][number];

const loadPerson = loadTogether<Person>(async (ids) => {
  const { data } = await api.findDataSubjects({ query: { userIds: ids.join(",") } });
  return new Map(data.map((one) => [one.userId, one]));
});

/** What somebody is called, as far as they are still known. */
export const personName = ({ name, email, externalId, erasedAt }: Person): string | null =>
  erasedAt === null ? (name ?? email ?? externalId) : externalId;

/** Somebody by their name; by the end of their id where they were erased, or until the name is there. */
export function PersonName({ id }: { readonly id: string }) {
  const { data } = useQuery({ queryKey: ["person", id], queryFn: () => loadPerson(id), staleTime: 300_000 });
  const name = data ? personName(data) : null;
  if (name !== null) return <bdi>{name}</bdi>;
  return (
    <>
      {data?.erasedAt ? `${t("privacy.erasedPerson")} ` : null}
      <ShortId id={id} />
    </>
  );
}

/** The same, leading to what is kept about them. */
export const PersonLink = ({ id }: { readonly id: string }) => (
  <Link to={PATHS.privacy} search={{ tab: "people", open: id }}>
    <PersonName id={id} />
  </Link>
);
