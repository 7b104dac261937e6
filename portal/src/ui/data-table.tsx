import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { t } from "../i18n/messages.ts";
import classes from "./data-table.module.css";
import { Problem } from "./problem.tsx";
import { Skeleton } from "./skeleton.tsx";
import type { TableRows } from "./table-rows.ts";
import { useHeldColumns } from "./use-held-columns.ts";
import { useListKeys } from "./use-list-keys.ts";

/** Where a cell stands on a phone, on which a row is two lines; what has no place is left out there. */
type Place = "start" | "end" | "below" | "belowEnd";

export type Column<Row> = {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => React.ReactNode;
  readonly align?: "end";
  /** Of the API's `sort`, where the server can sort by it. */
  readonly sort?: string;
  readonly phone?: Place;
  /** What it is cannot be told from the value alone: on a phone, where there is no head, its name stands before it. */
  readonly isLabelled?: boolean;
  /** Long text is cut with an ellipsis; amounts and statuses never are. */
  readonly grow?: boolean;
};

type DataTableProps<Row> = {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly list: TableRows<Row>;
  readonly empty: React.ReactNode;
  /** Makes the first cell of a row a button that opens it. */
  readonly onOpen?: (id: string, row: Row) => void;
  readonly openId?: string | undefined;
  /** As the API has it: `-occurredAt`. */
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string) => void;
  /** Rows that are marked, for an act on all of them. */
  readonly marked?: Marked;
};

/** Rows that have no id of their own say what tells them apart. */
type Identified<Row> = Row extends { readonly id: string }
  ? { readonly idOf?: undefined }
  : { readonly idOf: (row: Row) => string };

type Marked = { readonly ids: ReadonlySet<string>; readonly onChange: (ids: ReadonlySet<string>) => void };

const ROW_HEIGHT = 40;
const OVERSCAN = 12;

const ownId = (row: unknown): string => (row as { id: string }).id;

/** A list of any length: pages are fetched as it is scrolled and let go behind it, and only rows near the window are drawn. */
export function DataTable<Row>(props: DataTableProps<Row> & Identified<Row>) {
  const { caption, columns, list, empty, onOpen, openId, sort, onSort, marked } = props;
  const { idOf = ownId } = props as { readonly idOf?: (row: Row) => string };
  const { rows, start, length, hasMore, look, key } = list;
  const ids = useMemo(() => rows.map((row) => idOf(row)), [rows, idOf]);
  const frame = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLTableRowElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  // Rows are alike, so that one tells the height of all: on a phone, or with larger text, they are higher.
  const [height, setHeight] = useState(ROW_HEIGHT);
  const virtual = useWindowVirtualizer({
    count: length,
    estimateSize: () => height,
    overscan: OVERSCAN,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  const near = virtual.getVirtualItems();
  const shown = near.filter(({ index }) => index >= start && index < start + rows.length);
  const mark = useCallback(
    (id: string): void => {
      if (marked === undefined) return;
      const changed = new Set(marked.ids);
      if (!changed.delete(id)) changed.add(id);
      marked.onChange(changed);
    },
    [marked],
  );
  useListKeys({ body, ids, scrollTo: (index) => virtual.scrollToIndex(start + index), onMark: marked && mark });
  const [first, last] = [near[0]?.index ?? 0, near.at(-1)?.index ?? 0];
  useEffect(() => look(first, last), [first, last, look]);
  const width = virtual.scrollRect?.width;
  useLayoutEffect(() => {
    const drawn = body.current?.querySelector("tr[aria-rowindex]")?.getBoundingClientRect().height ?? 0;
    if (drawn > 0 && Math.abs(drawn - height) >= 1) setHeight(drawn);
  }, [rows, width, height]);
  useEffect(() => virtual.measure(), [virtual, height]);
  useHeldColumns(head, shown.length > 0, rows, width);
  // Another filter or order is read from its beginning.
  const shownKey = useRef(key);
  useEffect(() => {
    if (shownKey.current === key) return;
    shownKey.current = key;
    if ((frame.current?.getBoundingClientRect().top ?? 0) < 0) frame.current?.scrollIntoView({ block: "start" });
  }, [key]);

  if (list.error && rows.length === 0) return <Problem error={list.error} retry={list.retry} />;
  if (list.isPending) return <Skeleton lines={8} />;
  if (rows.length === 0) return <>{empty}</>;

  const margin = virtual.options.scrollMargin;
  const before = (shown[0]?.start ?? margin) - margin;
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? margin) - margin);
  return (
    <div ref={frame} className={classes.frame} data-fetching={list.isFetching || undefined}>
      <table className={classes.table} aria-rowcount={hasMore ? -1 : length}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr ref={head}>
            {marked ? (
              <th scope="col" className={classes.mark}>
                <input
                  type="checkbox"
                  aria-label={t("table.markAll")}
                  checked={marked.ids.size > 0 && ids.every((id) => marked.ids.has(id))}
                  onChange={(event) => marked.onChange(new Set(event.currentTarget.checked ? ids : []))}
                />
              </th>
            ) : null}
            {columns.map((column) => (
              <th key={column.id} scope="col" data-align={column.align} aria-sort={sortedAs(column, sort)}>
                {column.sort && onSort ? (
                  <button
                    type="button"
                    className={classes.sort}
                    onClick={() => onSort(nextSort(column.sort ?? "", sort))}
                  >
                    {column.header}
                    <span aria-hidden="true">
                      {sort === column.sort ? " ↑" : sort === `-${column.sort}` ? " ↓" : ""}
                    </span>
                  </button>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} data-list>
          {before > 0 ? <tr aria-hidden="true" className={classes.gap} style={{ blockSize: before }} /> : null}
          {shown.map(({ index }) => {
            const [row, id] = [rows[index - start], ids[index - start]];
            if (row === undefined || id === undefined) return null;
            return (
              <TableRow
                key={id}
                id={id}
                row={row}
                place={index + 2}
                columns={columns as readonly Column<unknown>[]}
                isOpen={id === openId}
                isMarked={marked?.ids.has(id)}
                onOpen={onOpen as ((id: string, row: unknown) => void) | undefined}
                onMark={mark}
              />
            );
          })}
          {after > 0 ? <tr aria-hidden="true" className={classes.gap} style={{ blockSize: after }} /> : null}
        </tbody>
      </table>
      {list.error ? <Problem error={list.error} retry={list.retry} /> : null}
      <p className={classes.end} role="status">
        {hasMore ? t("table.more") : t("table.all", { count: length })}
      </p>
    </div>
  );
}

type TableRowProps = {
  readonly id: string;
  readonly row: unknown;
  /** Among all rows, the head included. */
  readonly place: number;
  readonly columns: readonly Column<unknown>[];
  readonly isOpen: boolean;
  /** Undefined where rows are not marked. */
  readonly isMarked: boolean | undefined;
  readonly onOpen: ((id: string, row: unknown) => void) | undefined;
  readonly onMark: (id: string) => void;
};

/** Drawn anew when it has changed, and not whenever the list is scrolled. */
const TableRow = memo(function TableRow(props: TableRowProps) {
  const { id, row, place, columns, isOpen, isMarked, onOpen, onMark } = props;
  return (
    <tr
      aria-rowindex={place}
      data-open={isOpen || isMarked || undefined}
      data-opens={onOpen ? true : undefined}
      onClick={onOpen ? (event) => openFrom(event, () => onOpen(id, row)) : undefined}
    >
      {isMarked === undefined ? null : (
        <td className={classes.mark} data-phone="none">
          <input type="checkbox" aria-label={t("table.mark")} checked={isMarked} onChange={() => onMark(id)} />
        </td>
      )}
      {columns.map((column, at) => (
        <td
          key={column.id}
          data-align={column.align}
          data-phone={column.phone ?? "none"}
          data-grow={column.grow}
          data-label={column.isLabelled ? column.header : undefined}
        >
          {at === 0 && onOpen ? (
            <button type="button" className={classes.open} data-row={id} onClick={() => onOpen(id, row)}>
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
});

function sortedAs<Row>(column: Column<Row>, sort: string | undefined): "ascending" | "descending" | undefined {
  if (column.sort === undefined) return undefined;
  if (sort === column.sort) return "ascending";
  return sort === `-${column.sort}` ? "descending" : undefined;
}

const nextSort = (by: string, sort: string | undefined): string => (sort === `-${by}` ? by : `-${by}`);

/** A click on a row opens it, unless it was meant for a control in it, or somebody marks text. */
function openFrom(event: React.MouseEvent, open: () => void): void {
  const isControl = (event.target as Element).closest("a, button, input, label") !== null;
  if (!isControl && getSelection()?.type !== "Range") open();
}
