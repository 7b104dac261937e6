import { formatAgo, formatDate, formatExactly, formatTime } from "./dates.ts";

const FORMATS = { date: formatDate, time: formatTime, ago: formatAgo } as const;

type MomentProps = { readonly at: string | null; readonly as?: keyof typeof FORMATS };

/** An instant as people read it; its exact time and zone are in the title. */
export function Moment({ at, as = "date" }: MomentProps) {
  if (at === null) return <>—</>;
  return (
    <time dateTime={at} title={formatExactly(at)} style={{ whiteSpace: "nowrap" }}>
      {FORMATS[as](at)}
    </time>
  );
}
