import type { RequestOptions } from "./transport.ts";

type Page<Item> = { readonly data: readonly Item[]; readonly nextCursor: string | null };
type Listed = { readonly query?: { readonly cursor?: string } } | undefined;
type List<In, Item> = (input: In, options?: RequestOptions) => Promise<Page<Item>>;

/** The pages of a list, one after another, each asked for when it is wanted. */
export async function* pages<In extends Listed, Item>(
  list: List<In, Item>,
  input: NonNullable<NoInfer<In>>,
  options?: RequestOptions,
): AsyncGenerator<readonly Item[], void, undefined> {
  let cursor: string | null | undefined = input.query?.cursor;
  do {
    const query = { ...input.query, ...(cursor === undefined ? {} : { cursor }) };
    const page: Page<Item> = await list({ ...input, query } as In, options);
    yield page.data;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** Every item of a list: `for await (const commission of items(client.listCommissions, {}))`. */
export async function* items<In extends Listed, Item>(
  list: List<In, Item>,
  input: NonNullable<NoInfer<In>>,
  options?: RequestOptions,
): AsyncGenerator<Item, void, undefined> {
  for await (const page of pages(list, input, options)) yield* page;
}
