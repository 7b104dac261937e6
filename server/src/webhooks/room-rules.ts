/** Deliveries that a worker has at hand: read, and not answered yet. One that waits for an answer costs a socket and little else. */
export const AT_HAND_MAX = 4_000;
/** Of one endpoint: there is something to send while more is read. */
const ENDPOINT_AT_HAND_MAX = 500;
/** Of all endpoints of one owner: half of a worker is always there for the others. */
const OWNER_AT_HAND_MAX = AT_HAND_MAX / 2;
/** Requests to one endpoint at once. */
export const ENDPOINT_MAX = 20;
/** An endpoint that has failed so often since it took anything gets one at a time, so that it costs the others nothing. */
const FAILING_FROM = 3;

/** How many requests an endpoint gets at once. */
export const atOnce = (failureCount: number): number => (failureCount >= FAILING_FROM ? 1 : ENDPOINT_MAX);

/** How many deliveries of an endpoint a worker has at hand at most. */
export const atHandMax = (failureCount: number): number => (failureCount >= FAILING_FROM ? 1 : ENDPOINT_AT_HAND_MAX);

export type Occupied = { readonly owner: string; readonly failureCount: number; readonly atHand: number };
export type Room<Endpoint> = { readonly endpoint: Endpoint; readonly room: number };

/**
 * How many deliveries more a worker has room for, of each endpoint. Who has least at hand comes first: where there is not enough for all, nobody who has
 * much keeps the others out. What an owner may still have is shared by its endpoints, rounded up.
 */
export function shareRoom<Endpoint extends Occupied>(
  endpoints: readonly Endpoint[],
  ownerMax: number = OWNER_AT_HAND_MAX,
): Room<Endpoint>[] {
  const owners = new Map<string, { atHand: number; endpoints: number }>();
  for (const { owner, atHand } of endpoints) {
    const known = owners.get(owner) ?? { atHand: 0, endpoints: 0 };
    owners.set(owner, { atHand: known.atHand + atHand, endpoints: known.endpoints + 1 });
  }
  const ownerOf = ({ owner }: Endpoint) => owners.get(owner) ?? { atHand: 0, endpoints: 1 };
  return endpoints
    .toSorted((one, other) => ownerOf(one).atHand - ownerOf(other).atHand || one.atHand - other.atHand)
    .map((endpoint) => {
      const owner = ownerOf(endpoint);
      const share = Math.ceil((ownerMax - owner.atHand) / owner.endpoints);
      return { endpoint, room: Math.min(atHandMax(endpoint.failureCount) - endpoint.atHand, share) };
    })
    .filter(({ room }) => room > 0);
}
