import { api } from "../../app/api.ts";
import { loadTogether } from "../../app/load-together.ts";

/** The name of a partner; null where it is not to be found. */
export const loadPartnerName = loadTogether<string>(async (ids) => {
  const { data } = await api.listPartners({ query: { ids: ids.join(","), limit: ids.length } });
  return new Map(data.map((one) => [one.id, one.companyName ?? one.name ?? one.referralCode]));
});
