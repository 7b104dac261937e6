import { api } from "../../app/api.ts";

const WAIT_MS = 10;
const AT_ONCE = 200;

type Waiting = { readonly resolve: (name: string | null) => void; readonly reject: (error: unknown) => void };
let waiting = new Map<string, Waiting[]>();

/** The name of a partner; null where it is not to be found. Names that are asked for together are fetched together. */
export const loadPartnerName = (id: string): Promise<string | null> =>
  new Promise((resolve, reject) => {
    if (waiting.size === 0) setTimeout(() => void flush(), WAIT_MS);
    waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
  });

async function flush(): Promise<void> {
  const asked = waiting;
  waiting = new Map();
  const ids = [...asked.keys()];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    try {
      const { data } = await api.listPartners({ query: { ids: some.join(","), limit: AT_ONCE } });
      const names = new Map(data.map((one) => [one.id, one.companyName ?? one.name ?? one.referralCode]));
      for (const id of some) for (const one of asked.get(id) ?? []) one.resolve(names.get(id) ?? null);
    } catch (error) {
      for (const id of some) for (const one of asked.get(id) ?? []) one.reject(error);
    }
  }
}
