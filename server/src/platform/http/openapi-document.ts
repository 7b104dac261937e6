import { exampleOf } from "./openapi-examples.ts";
import { COMPONENT_MARK, IDEMPOTENCY_HEADER } from "./openapi-operation.ts";
import { PROBLEMS } from "./openapi-texts.ts";

type Node = { [key: string]: unknown };

const SUCCESS: Readonly<Record<string, string>> = {
  "200": "Done",
  "201": "Made",
  "202": "Taken on",
  "204": "Done; there is nothing to say",
  "302": "Go there",
};
const REQUEST_ID = "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3";

/** Puts what occurs everywhere in one place, and shows an example with every body and answer that has none of its own. */
export function finishDocument(document: object): object {
  const whole = document as { paths: Record<string, Node>; components: Record<string, Node> };
  whole.components["responses"] = problemResponses();
  whole.components["parameters"] ??= {};
  for (const operation of Object.values(whole.paths).flatMap((path) => Object.values(path) as Node[])) {
    finishParameters(operation, whole.components["parameters"]);
    finishAnswers(operation);
    const body = operation["requestBody"] as Node | undefined;
    if (body !== undefined) finishContent(body, whole.components);
    for (const answer of Object.values(operation["responses"] as Record<string, Node>)) {
      if (answer["content"] !== undefined) finishContent(answer, whole.components);
    }
  }
  return whole;
}

const problemResponses = (): Node =>
  Object.fromEntries(
    Object.entries(PROBLEMS).map(([status, { component, title, code, description }]) => [
      component,
      {
        description,
        ...(status === "429"
          ? { headers: { "Retry-After": { description: "Seconds", schema: { type: "integer" } } } }
          : {}),
        content: {
          "application/problem+json": {
            schema: { $ref: "#/components/schemas/Problem" },
            example: {
              type: `/docs/errors#${code}`,
              title,
              status: status === "default" ? 500 : Number(status),
              code,
              requestId: REQUEST_ID,
            },
          },
        },
      },
    ]),
  );

/** The idempotency key is a component for each way in which it is taken. */
function finishParameters(operation: Node, shared: Node): void {
  const parameters = operation["parameters"] as Node[] | undefined;
  if (parameters === undefined) return;
  operation["parameters"] = parameters.map((parameter) => {
    if (parameter["name"] !== IDEMPOTENCY_HEADER) return parameter;
    const isSecret = String(parameter["description"]).includes("secret");
    const name =
      parameter["required"] === true ? "RequiredIdempotencyKey" : isSecret ? "SecretIdempotencyKey" : "IdempotencyKey";
    shared[name] = { ...parameter, name: "Idempotency-Key" };
    return { $ref: `#/components/parameters/${name}` };
  });
}

function finishAnswers(operation: Node): void {
  const answers = operation["responses"] as Record<string, Node>;
  for (const [status, answer] of Object.entries(answers)) {
    const problem = PROBLEMS[status];
    if (JSON.stringify(answer).includes('"x-refusal":true') && problem !== undefined) {
      answers[status] = { $ref: `#/components/responses/${problem.component}` };
    } else if (answer["description"] === "Default Response") {
      answer["description"] = SUCCESS[status] ?? "The answer";
    }
  }
}

function finishContent(holder: Node, components: Record<string, Node>): void {
  const schemas = (components["schemas"] ??= {});
  for (const media of Object.values(holder["content"] as Record<string, Node>)) {
    const schema = media["schema"] as Node | undefined;
    if (schema === undefined) continue;
    media["schema"] = hoist(schema, schemas);
    // A file is no example of itself.
    if (schema["format"] === "binary" || media["example"] !== undefined || media["examples"] !== undefined) continue;
    media["example"] = exampleOf(media["schema"] as Node, schemas);
  }
}

/** Puts every schema that has a name (its `$id` in a route's answer, or a `title`) among the components, and a reference where it was. */
function hoist(node: unknown, schemas: Node): unknown {
  if (Array.isArray(node)) return node.map((each) => hoist(each, schemas));
  if (typeof node !== "object" || node === null) return node;
  const { [COMPONENT_MARK]: mark, ...bare } = node as Node;
  const { title, ...untitled } = bare;
  const name = mark ?? (bare["type"] === "object" ? title : undefined);
  const parts = Object.entries(typeof name === "string" ? untitled : bare).map(([key, value]) => [
    key,
    key === "examples" ? value : hoist(value, schemas),
  ]);
  const whole = Object.fromEntries(parts);
  if (typeof name !== "string") return whole;
  schemas[name] = whole;
  return { $ref: `#/components/schemas/${name}` };
}
