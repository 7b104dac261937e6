import { fresh, type Objects } from "./journey-steps.ts";

/** What a route takes, well formed, about some objects. */
export type WellFormed = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
};

export type Request = (of: Objects) => WellFormed;

export const AT = "2026-03-01T12:00:00Z";
export const period = { from: "2026-02-01", to: "2026-02-28" };
export const instants = { from: "2026-02-01T00:00:00Z", to: AT };
export const reason = "A reason";
export const page = { limit: 2 };
export const email = (what: string): string => `${fresh(what)}@people.test`;
export const nothing: Request = () => ({});
export const listed =
  (query: object = {}): Request =>
  () => ({ query: { ...page, ...query } });
export const byId =
  (name: keyof Objects, body?: object): Request =>
  (of) => ({
    params: { id: of[name] },
    ...(body && { body: { ...body } }),
  });
