import SerializerSelector from "@fastify/fast-json-stringify-compiler";
import type { FastifySchema, FastifySchemaCompiler, FastifySerializerCompiler } from "fastify";

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

type Writers = FastifySerializerCompiler<FastifySchema>;

/** How answers are written, as Fastify has it; `shared` are the schemas that others refer to. */
export const createAnswerWriters =
  (shared: () => unknown): Writers =>
  ({ httpStatus = "default", ...definition }) =>
    SerializerSelector()(shared())({ ...definition, httpStatus });

/** Writes answers as `compile` has it, which is asked when the first answer goes. */
export const writeWhenAsked =
  (compile: Writers): Writers =>
  (definition) => {
    let write: ReturnType<Writers> | undefined;
    return (data) => {
      write ??= compile(definition);
      return write(data);
    };
  };
