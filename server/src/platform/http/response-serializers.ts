import { SerializerSelector } from "@fastify/fast-json-stringify-compiler";

/**
 * Writes answers by their schemas, as Fastify does by itself; but each schema is compiled at the first answer that it writes, not at the start
 * (`createRequestValidators`).
 */
export function createResponseSerializers(): ReturnType<typeof SerializerSelector> {
  const build = SerializerSelector();
  return (externalSchemas, options) => {
    const compile = build(externalSchemas, options);
    return (route) => {
      let write: ReturnType<typeof compile> | undefined;
      return (data) => {
        write ??= compile(route);
        return write(data);
      };
    };
  };
}
