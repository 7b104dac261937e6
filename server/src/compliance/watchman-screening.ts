import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { screeningErrors } from "./compliance-errors.ts";
import { sha256 } from "./list-rules.ts";
import { type ListHit, type NameScreening, UNREADABLE } from "./name-screening.ts";
import type { EntryKind } from "./ofac-entry.ts";
import type { AskedName, Subject } from "./screening-rules.ts";

const TIMEOUT_MS = 20_000;
/** What the service gives at most. */
const LIMIT = 100;

const ListInfo = Type.Object({
  lists: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
  listHashes: Type.Record(Type.String(), Type.String({ minLength: 1 })),
  endedAt: Type.String({ format: "date-time" }),
});
const Numbers = Type.Union([
  Type.Null(),
  Type.Array(Type.Object({ identifier: Type.String(), country: Type.Optional(Type.String()) })),
]);
const OfOrganisation = Type.Optional(Type.Union([Type.Null(), Type.Object({ governmentIDs: Type.Optional(Numbers) })]));
const Entity = Type.Object({
  name: Type.String({ minLength: 1 }),
  entityType: Type.String(),
  sourceList: Type.String({ minLength: 1 }),
  sourceID: Type.String({ minLength: 1 }),
  person: Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Object({
        birthDate: Type.Optional(Type.Union([Type.Null(), Type.String()])),
        governmentIDs: Type.Optional(Numbers),
      }),
    ]),
  ),
  business: OfOrganisation,
  organization: OfOrganisation,
});
const Found = Type.Object({ entities: Type.Array(Type.Intersect([Entity, Type.Object({ match: Type.Number() })])) });

/** The service asks by one kind at a time. */
const TYPES: Readonly<Record<Subject["kind"], readonly string[]>> = {
  person: ["person"],
  organisation: ["business", "organization"],
  either: ["person", "business", "organization"],
};
const KINDS: Readonly<Record<string, EntryKind>> = { person: "person", vessel: "vessel", aircraft: "aircraft" };

/** Screening by moov-io/watchman, version 2 of its API. It keeps the lists; whatever it does not answer as it should clears nobody. */
export function createWatchmanScreening(baseUrl: string): NameScreening {
  return {
    askForNews: async () => {
      const info = await ask(new URL("v2/listinfo", slashed(baseUrl)), ListInfo);
      const hashes = Object.entries(info.listHashes).toSorted(([one], [other]) => (one < other ? -1 : 1));
      if (hashes.length === 0) throw screeningErrors.service_unavailable({ reason: "it has no list" });
      return {
        source: "watchman",
        contentHash: sha256(JSON.stringify(hashes)),
        entries: Object.values(info.lists).reduce((sum, count) => sum + count, 0),
        asOf: new Date(info.endedAt),
      };
    },
    screen: async (_ctx, subjects, { alertAt }) => {
      const hits: ListHit[][] = [];
      for (const subject of subjects) hits.push(await search(baseUrl, subject, alertAt));
      return hits;
    },
  };
}

async function search(baseUrl: string, { kind, name }: AskedName, alertAt: number): Promise<ListHit[]> {
  // There is nothing to ask about: who compares names by hand is asked then.
  if (name === "") return [UNREADABLE];
  const found = new Map<string, ListHit>();
  for (const type of TYPES[kind]) {
    const url = new URL("v2/search", slashed(baseUrl));
    url.search = new URLSearchParams({
      type,
      name,
      minMatch: String(Math.floor(alertAt * 100) / 100),
      limit: String(LIMIT),
    }).toString();
    for (const { match, ...entity } of (await ask(url, Found)).entities) {
      const entryId = `${entity.sourceList}:${entity.sourceID}`;
      if (match < alertAt || match <= (found.get(entryId)?.score ?? 0)) continue;
      const told = toldOf(entity);
      found.set(entryId, {
        entryId,
        entryHash: sha256(JSON.stringify([entity.name, entity.entityType, ...factsOf(told)])),
        entry: {
          id: entryId,
          kind: KINDS[entity.entityType] ?? "organisation",
          name: entity.name,
          aliases: [],
          programs: [entity.sourceList],
          countries: [],
          addresses: [],
          ...told,
        },
        matchedName: entity.name,
        score: match,
      });
    }
  }
  return [...found.values()];
}

/** What the service says of an entity besides its name, as OFAC writes it. */
function toldOf({ person, business, organization }: Static<typeof Entity>) {
  const numbers = [person, business, organization].flatMap((one) => one?.governmentIDs ?? []);
  const said = numbers.map(({ identifier, country = "" }) => `ID No. ${identifier}${country ? ` (${country})` : ""}`);
  return {
    birthDates: person?.birthDate ? [person.birthDate.slice(0, 10)] : [],
    remarks: said.length === 0 ? null : said.toSorted().join("; "),
  };
}

async function ask<Schema extends typeof ListInfo | typeof Found>(url: URL, schema: Schema) {
  const unavailable = (reason: string, cause?: unknown) =>
    screeningErrors.service_unavailable({ host: url.host, reason }, cause);
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
    throw unavailable("it does not answer", error);
  });
  if (!answer.ok) throw unavailable(`it answers ${answer.status}`);
  const body: unknown = await answer.json().catch((error: unknown) => {
    throw unavailable("its answer is no JSON", error);
  });
  if (!Value.Check(schema, body)) throw unavailable("its answer is not that of watchman");
  return body;
}

const slashed = (url: string): string => (url.endsWith("/") ? url : `${url}/`);

/** What the service tells of an entry, in one order whatever its own is; nothing where it tells nothing, so that what was cleared by name stays cleared. */
const factsOf = (told: ReturnType<typeof toldOf>): string[] =>
  Object.values(told)
    .flat()
    .filter((fact) => fact !== null)
    .toSorted();
