import {
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
import { useRef } from "react";
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

type ListId = {
  [Id in OperationId]: Output<Id> extends { data: readonly unknown[]; nextCursor: string | null } ? Id : never;
}[OperationId];
type Item<Id extends ListId> = Output<Id> extends { data: readonly (infer One)[] } ? One : never;
type QueryOf<Id extends ListId> = Input<Id> extends { query?: infer Query } ? NonNullable<Query> : never;

/** The operation's own names, with what an address says of them; whether that is right, the server knows. */
type AsAddress<Id extends ListId> = { readonly [Name in keyof QueryOf<Id>]?: string | undefined };

const PAGE_SIZE = 100;

export type List<Row> = {
  readonly rows: readonly Row[];
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
};

/** A list of the API, page after page; old rows stay while others are fetched. */
export function useList<Id extends ListId>(
  id: Id,
  query: AsAddress<Id>,
  {
    pageSize = PAGE_SIZE,
    enabled = true,
    path,
  }: {
    pageSize?: number;
    enabled?: boolean;
    /** What the list lies below. */
    path?: Readonly<Record<string, string | number>>;
  } = {},
): List<Item<Id>> {
  const result = useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: [id, path === undefined ? { query } : { path, query }],
      enabled,
      queryFn: ({ signal, pageParam }) =>
        call(id)(
          {
            ...(path && { path }),
            query: { ...query, limit: pageSize, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
          { signal },
        ) as Promise<{ data: Item<Id>[]; nextCursor: string | null }>,
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (before) => before,
    }),
  );
  return {
    rows: result.data?.pages.flatMap((page) => page.data) ?? [],
    isPending: result.isPending,
    isFetching: result.isFetching,
    error: result.error,
    hasMore: result.hasNextPage,
    loadMore: () => {
      if (result.hasNextPage && !result.isFetchingNextPage) void result.fetchNextPage();
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
