import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

export type WebhookBody = {
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly changes: Record<string, { readonly old: unknown; readonly new: unknown }> | null;
};
export type DescribedBody = { readonly type: string; readonly schema: object; readonly example: object };

/** Bodies that do not fit what the catalogue says of their type, or hold a field that it does not name. */
export function misfits(catalogue: readonly DescribedBody[], bodies: readonly WebhookBody[]): object[] {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const checks = new Map(catalogue.map(({ type, schema }) => [type, ajv.compile(schema)]));
  return bodies.flatMap((body) => {
    const check = checks.get(body.type);
    const named = catalogue.find(({ type }) => type === body.type)?.schema as {
      properties: { data: { properties: object } };
    };
    const unnamed = Object.keys(body.data).filter((name) => !Object.hasOwn(named.properties.data.properties, name));
    return check?.(body) && unnamed.length === 0 ? [] : [{ body, errors: check?.errors, unnamed }];
  });
}
