import fastQueryString from "fast-querystring";

/** Reads a query string, the same for the router and before it. */
export const parseQuery = (text: string): Readonly<Record<string, unknown>> => fastQueryString.parse(text);
