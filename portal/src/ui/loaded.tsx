import { Problem } from "./problem.tsx";
import { Skeleton } from "./skeleton.tsx";

type LoadedProps<Data> = {
  readonly query: { readonly data: Data | undefined; readonly error: Error | null; readonly refetch: () => unknown };
  readonly lines?: number;
  readonly children: (data: Data) => React.ReactNode;
};

/** What a query answers, or that it is coming, or why it is not. */
export function Loaded<Data>({ query, lines = 4, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Problem error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton lines={lines} />;
}
