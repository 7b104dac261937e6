import SerializerSelector from "@fastify/fast-json-stringify-compiler";
import type { FastifySchema, FastifySchemaCompiler } from "fastify";

// Of hundreds of routes a server is asked a few by most callers and many by nobody: what checks and writes their data is made when a route is first
// asked. To make all of it took most of a start.

/** Checks requests as `compile` has it, which is asked when the first request comes. */
export const checkWhenAsked =
  (compile: FastifySchemaCompiler<FastifySchema>): FastifySchemaCompiler<FastifySchema> =>
  (definition) => {
    let fits: ReturnType<typeof compile> | undefined;
    const check: ReturnType<typeof compile> = (data: unknown) => {
      fits ??= compile(definition);
      const result = fits(data);
      check.errors = fits.errors ?? null;
      return result;
    };
    return check;
  };

type Serializers = ReturnType<ReturnType<typeof SerializerSelector>>;

/** Writes answers as Fastify does; `shared` are the schemas that others refer to. */
export const writeWhenAsked =
  (shared: () => unknown): Serializers =>
  (definition) => {
    let write: ReturnType<Serializers> | undefined;
    return (data) => {
      write ??= SerializerSelector()(shared())(definition);
      return write(data);
    };
  };
