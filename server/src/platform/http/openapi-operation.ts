import type { RouteOptions } from "fastify";
import { PEOPLE_ONLY_SCOPES, SCOPES } from "../scopes.ts";
import type { Access, IdempotencyPolicy } from "./app.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Named once in the document, and referred to wherever it applies. */
export const IDEMPOTENCY_HEADER = "idempotency-key";

/** Carries the name of a component from a route to the finished document. */
export const COMPONENT_MARK = "x-component";

const IDEMPOTENCY_TEXTS: Readonly<Record<Exclude<IdempotencyPolicy, "none">, string>> = {
  optional:
    "1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.",
  required: "Required, since money moves. The same key with the same request is answered again, and not done again.",
  secret: "As everywhere, but the answer holds a secret and is never kept: a repeated request says so instead.",
};

/** What the document says about a route beyond what the route says itself: who may call it, how it refuses, how it is done once. */
export function describeOperation(schema: Schema | undefined, route: RouteOptions): Schema {
  const { access, isProbe, bareItemOf } = route.config ?? {};
  const method = String(route.method);
  const policy = route.config?.idempotency ?? (method === "POST" ? "optional" : "none");
  const description = [schema?.["description"] as string | undefined, scopeText(access)]
    .filter((part) => part !== undefined)
    .join("\n\n");
  return {
    ...schema,
    ...(description === "" ? {} : { description }),
    ...(bareItemOf === undefined ? {} : { body: orBare(schema?.["body"] as ListBody, bareItemOf) }),
    security: securityOf(access),
    ...(policy === "none" ? {} : { headers: idempotencyHeaders(policy) }),
    response: {
      ...ownAnswers(schema?.["response"] as Record<string, Schema> | undefined),
      ...(isProbe === true ? {} : refusalsOf({ schema, access, method, isPlain: policy === "none" })),
    },
  };
}

type ListBody = Schema & { readonly properties: Readonly<Record<string, { readonly items: Schema }>> };

/** The server reads a bare item as a list of one, and holds that against the schema of the route: the document says both. */
function orBare({ examples, ...list }: ListBody, name: string): Schema {
  return { anyOf: [list.properties[name]?.items, list], examples };
}

function scopeText(access: Access | undefined): string | undefined {
  if (access?.audience === "either")
    return `Scope: \`${access.scopes.partner}\` for a partner, \`${access.scopes.operator}\` for the operator.`;
  return access !== undefined && "scope" in access
    ? `Scope: \`${access.scope}\` (${SCOPES[access.scope].toLowerCase()}).`
    : undefined;
}

function securityOf(access: Access | undefined): Schema[] {
  if (access === undefined || access.audience === "public") return [];
  if (access.audience === "person") return [{ session: [] }];
  if (access.audience === "either") {
    const scopes = Object.values(access.scopes);
    return [{ session: scopes }, { apiKey: scopes }];
  }
  const session = { session: [access.scope] };
  return PEOPLE_ONLY_SCOPES.has(access.scope) ? [session] : [session, { apiKey: [access.scope] }];
}

const idempotencyHeaders = (policy: Exclude<IdempotencyPolicy, "none">): Schema => ({
  type: "object",
  properties: {
    [IDEMPOTENCY_HEADER]: {
      type: "string",
      minLength: 1,
      maxLength: 255,
      description: IDEMPOTENCY_TEXTS[policy],
      examples: ["5b2f7a1e-order-1042"],
    },
  },
  ...(policy === "required" ? { required: [IDEMPOTENCY_HEADER] } : {}),
});

/**
 * A route's own word about refusals (`4xx`) gives way to the statuses that it can answer with. An answer that has a name (`$id`) is marked,
 * so that it becomes a component of that name.
 */
const ownAnswers = (response: Readonly<Record<string, Schema>> = {}): Schema =>
  Object.fromEntries(
    Object.entries(response)
      .filter(([status]) => !/^[45]xx$/i.test(status))
      .map(([status, answer]) => [
        status,
        isProblem(answer)
          ? REFUSAL
          : typeof answer["$id"] === "string"
            ? { ...answer, [COMPONENT_MARK]: answer["$id"] }
            : answer,
      ]),
  );

const isProblem = (answer: Schema): boolean =>
  Object.hasOwn((answer["content"] ?? {}) as object, "application/problem+json");

type Refusable = {
  readonly schema: Schema | undefined;
  readonly access: Access | undefined;
  readonly method: string;
  /** It claims no idempotency key. */
  readonly isPlain: boolean;
};

function refusalsOf({ schema, access, method, isPlain }: Refusable): Schema {
  const takesInput = ["body", "querystring", "params"].some((part) => schema?.[part] !== undefined);
  const isOpen = access === undefined || access.audience === "public";
  const changes = method !== "GET" && !(isOpen && isPlain);
  const statuses = [
    ...(takesInput || !isPlain ? ["400"] : []),
    ...(isOpen ? [] : ["401", "403"]),
    "404",
    ...(changes ? ["409"] : []),
    "429",
    "default",
  ];
  return Object.fromEntries(statuses.map((status) => [status, REFUSAL]));
}

/** Stands for a problem of the status under which it is found, until the document is whole. */
export const REFUSAL = { type: "object", "x-refusal": true, description: "Refused" } as const;
