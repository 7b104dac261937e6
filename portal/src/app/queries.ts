import {
  type InfiniteData,
  infiniteQueryOptions,
  QueryClient,
  type QueryKey,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Client, Input, OperationId, Output } from "@tributary/sdk";
import { isTributaryError } from "@tributary/sdk";
import { useMemo, useRef } from "react";
import { AHEAD, type TableRows } from "../ui/table-rows.ts";
import { api } from "./api.ts";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // The SDK has tried again already; what is refused stays refused.
      retry: (count, error) => !isTributaryError(error) && count < 2,
    },
  },
});

type Call = (input: unknown, options?: { signal?: AbortSignal; idempotencyKey?: string }) => Promise<unknown>;
const call = (id: OperationId): Call => (api as unknown as Record<string, Call>)[id] as Call;

/** A read of the API as a query; its key begins with the operation's name. */
export const read = <Id extends OperationId>(id: Id, ...[input]: Parameters<Client[Id]>) =>
  queryOptions<Output<Id>, Error, Output<Id>, QueryKey>({
    queryKey: [id, input ?? {}],
    queryFn: ({ signal }) => call(id)(input ?? {}, { signal }) as Promise<Output<Id>>,
  });

export type ListId = {
  [Id in OperationId]: Output<Id> extends { data: readonly unknown[]; nextCursor: string | null } ? Id : never;
}[OperationId];
export type Item<Id extends ListId> = Output<Id> extends { data: readonly (infer One)[] } ? One : never;
type QueryOf<Id extends ListId> = Input<Id> extends { query?: infer Query } ? NonNullable<Query> : never;

/** The operation's own names, with what an address says of them; whether that is right, the server knows. */
export type AsAddress<Id extends ListId> = { readonly [Name in keyof QueryOf<Id>]?: string | undefined };

const PAGE_SIZE = 100;
/** A list keeps this many pages, those that are looked at: whoever scrolls through 100,000 rows holds no more of them than of 1,000. */
const PAGES_KEPT = 8;

/** A list of the API as far as it is known, and the part of it that is here. */
export type List<Row> = TableRows<Row> & {
  /** Fetches the next page, for what is not drawn as a table. */
  readonly loadMore: () => void;
  /** The answer says that more matches than was looked at. */
  readonly isCut: boolean;
};

/** The cursors that lead to a page, one after the other: none for the first. */
type Way = readonly string[];

/** A list of the API, page after page; old rows stay while others are fetched. */
export function useList<Id extends ListId>(
  id: Id,
  query: AsAddress<Id>,
  {
    pageSize = PAGE_SIZE,
    enabled = true,
    path,
    isKeptWhole = false,
    refreshMs,
  }: {
    pageSize?: number;
    enabled?: boolean;
    /** What the list lies below. */
    path?: Readonly<Record<string, string | number>>;
    /** No page is let go: for what is drawn from its beginning. */
    isKeptWhole?: boolean;
    /** Read anew as often as this. */
    refreshMs?: number;
  } = {},
): List<Item<Id>> {
  type Page = { readonly data: readonly Item<Id>[]; readonly nextCursor: string | null; readonly isCut?: boolean };
  const client = useQueryClient();
  // Never the key of a read of the same list: what is kept for the one has another shape than the other's.
  const queryKey: QueryKey = [id, "pages", path === undefined ? { query } : { path, query }];
  const fetchPage = (way: Way, signal?: AbortSignal): Promise<Page> =>
    call(id)(
      { ...(path && { path }), query: { ...query, limit: pageSize, ...(way.length > 0 && { cursor: way.at(-1) }) } },
      { ...(signal && { signal }) },
    ) as Promise<Page>;
  const result = useInfiniteQuery(
    infiniteQueryOptions({
      queryKey,
      enabled,
      queryFn: ({ signal, pageParam }) => fetchPage(pageParam, signal),
      initialPageParam: [] as Way,
      getNextPageParam: (page, _pages, way) => (page.nextCursor === null ? undefined : [...way, page.nextCursor]),
      getPreviousPageParam: (_page, _pages, way) => (way.length === 0 ? undefined : way.slice(0, -1)),
      ...(isKeptWhole ? {} : { maxPages: PAGES_KEPT }),
      ...(refreshMs === undefined ? {} : { refetchInterval: refreshMs }),
      placeholderData: (before) => before,
    }),
  );
  const { data, isFetching, isPlaceholderData, error, hasNextPage, hasPreviousPage } = result;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const key = JSON.stringify(queryKey);
  const ways = (data?.pageParams ?? []) as readonly Way[];
  const [firstWay = [], lastWay = []] = [ways[0], ways.at(-1)];
  const start = firstWay.length * pageSize;
  const end = start + rows.length;
  // How far somebody has been: what was let go behind the window still has its place, and is fetched by its cursor.
  const furthest = useRef<{ key: string; way: Way; end: number }>(undefined);
  if (furthest.current?.key !== key) furthest.current = undefined;
  // Where nothing follows, the list ends: it may have become shorter.
  if (!isPlaceholderData && (end >= (furthest.current?.end ?? 0) || !hasNextPage))
    furthest.current = { key, way: lastWay, end };
  const isJumping = useRef(false);

  const jump = async (index: number): Promise<void> => {
    if (isJumping.current) return;
    isJumping.current = true;
    try {
      const way = (furthest.current?.way ?? []).slice(0, Math.floor(index / pageSize));
      const page = await fetchPage(way);
      // What was there is gone: how far the list goes is found out anew.
      if (page.data.length === 0) return void (furthest.current = undefined);
      client.setQueryData<InfiniteData<Page, Way>>(queryKey, { pages: [page], pageParams: [way] });
    } catch {
      // The rows that are there stay; the next turn of the wheel asks again.
    } finally {
      isJumping.current = false;
    }
  };
  const loadMore = (): void => {
    if (hasNextPage && !isFetching) void result.fetchNextPage();
  };
  return {
    rows,
    key,
    start,
    length: Math.max(end, isPlaceholderData ? 0 : (furthest.current?.end ?? 0)),
    // What is not asked for is not waited for.
    isPending: result.isPending && enabled,
    isFetching,
    error,
    hasMore: hasNextPage,
    isCut: data?.pages.some((page) => page.isCut) ?? false,
    loadMore,
    look: (first, last) => {
      if (isFetching || isPlaceholderData || error !== null || rows.length === 0) return;
      if (last < start || first >= end) void jump(first);
      else if (hasPreviousPage && first < start + AHEAD) void result.fetchPreviousPage();
      else if (last >= end - AHEAD) loadMore();
    },
    retry: () => void result.refetch(),
  };
}

/**
 * A write of the API. The idempotency key is made when the form opens and kept until the outcome is known, so that an act whose answer was
 * lost is not done twice. What it touches is read anew.
 */
export function useAct<Id extends OperationId>(
  id: Id,
  { touches, onDone }: { readonly touches: readonly OperationId[]; readonly onDone?: (output: Output<Id>) => void },
) {
  const client = useQueryClient();
  const key = useRef<string>(undefined);
  return useMutation({
    mutationFn: async (input: Input<Id>) => {
      key.current ??= crypto.randomUUID();
      try {
        const output = (await call(id)(input, { idempotencyKey: key.current })) as Output<Id>;
        key.current = undefined;
        return output;
      } catch (error) {
        // A refusal is an outcome; only where nobody knows is the same act sent again.
        if (isTributaryError(error)) key.current = undefined;
        throw error;
      }
    },
    onSuccess: async (output) => {
      await Promise.all(touches.map((touched) => client.invalidateQueries({ queryKey: [touched] })));
      onDone?.(output);
    },
  });
}
