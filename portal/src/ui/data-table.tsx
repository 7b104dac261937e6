import { type ColumnDef, type RowData, tableFeatures, useTable } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { t } from "../i18n/messages.ts";
import classes from "./data-table.module.css";
import { Problem } from "./problem.tsx";
import { Skeleton } from "./skeleton.tsx";
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

type Rows<Row> = {
  readonly rows: readonly Row[];
  readonly isPending: boolean;
  readonly isFetching: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
};

type DataTableProps<Row> = {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly list: Rows<Row>;
  readonly idOf: (row: Row) => string;
  readonly empty: React.ReactNode;
  /** Makes the first cell of a row a button that opens it. */
  readonly onOpen?: (row: Row) => void;
  readonly openId?: string | undefined;
  /** As the API has it: `-occurredAt`. */
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string) => void;
  /** Rows that are marked, for an act on all of them. */
  readonly marked?: Marked;
};

type Marked = { readonly ids: ReadonlySet<string>; readonly onChange: (ids: ReadonlySet<string>) => void };

const features = tableFeatures({});
const ROW_HEIGHT = 40;
const OVERSCAN = 20;
/** The next page is asked for this many rows before the end of those that are there. */
const AHEAD = 30;

/** A list of any length: pages are fetched as it is scrolled, and only rows near the window are drawn. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { caption, columns, list, idOf, empty, onOpen, openId, sort, onSort, marked } = props;
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof features, Row> => ({
          id: column.id,
          header: column.header,
          cell: ({ row }) => column.cell(row.original),
        }),
      ),
    [columns],
  );
  const table = useTable({ features, data: list.rows as Row[], columns: definitions, getRowId: idOf });
  const rows = table.getRowModel().rows;
  const body = useRef<HTMLTableSectionElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { loadMore, hasMore } = list;
  const ids = rows.map(({ id }) => id);
  const mark = (id: string): void => {
    if (marked === undefined) return;
    const changed = new Set(marked.ids);
    if (!changed.delete(id)) changed.add(id);
    marked.onChange(changed);
  };
  useListKeys({ body, ids, scrollTo: (index) => virtual.scrollToIndex(index), onMark: marked && mark });
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) loadMore();
  }, [hasMore, last, rows.length, loadMore]);

  if (list.error && rows.length === 0) return <Problem error={list.error} retry={list.retry} />;
  if (list.isPending) return <Skeleton lines={8} />;
  if (rows.length === 0) return <>{empty}</>;

  const before = (shown[0]?.start ?? 0) - virtual.options.scrollMargin;
  const after = virtual.getTotalSize() - ((shown.at(-1)?.end ?? 0) - virtual.options.scrollMargin);
  return (
    <div className={classes.frame} data-fetching={list.isFetching || undefined}>
      <table className={classes.table} aria-rowcount={hasMore ? -1 : rows.length}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
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
            const row = rows[index];
            if (row === undefined) return null;
            const id = row.id;
            return (
              <tr
                key={id}
                aria-rowindex={index + 2}
                data-open={id === openId || marked?.ids.has(id) || undefined}
                data-opens={onOpen ? true : undefined}
                onClick={onOpen ? (event) => openFrom(event, () => onOpen(row.original)) : undefined}
              >
                {marked ? (
                  <td className={classes.mark} data-phone="none">
                    <input
                      type="checkbox"
                      aria-label={t("table.mark")}
                      checked={marked.ids.has(id)}
                      onChange={() => mark(id)}
                    />
                  </td>
                ) : null}
                {row.getAllCells().map((cell, at) => {
                  const column = columns[at];
                  const content = <table.FlexRender cell={cell} />;
                  return (
                    <td
                      key={cell.id}
                      data-align={column?.align}
                      data-phone={column?.phone ?? "none"}
                      data-grow={column?.grow}
                      data-label={column?.isLabelled ? column.header : undefined}
                    >
                      {at === 0 && onOpen ? (
                        <button
                          type="button"
                          className={classes.open}
                          data-row={id}
                          onClick={() => onOpen(row.original)}
                        >
                          {content}
                        </button>
                      ) : (
                        content
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {after > 0 ? <tr aria-hidden="true" className={classes.gap} style={{ blockSize: after }} /> : null}
        </tbody>
      </table>
      {list.error ? <Problem error={list.error} retry={list.retry} /> : null}
      <p className={classes.end} role="status">
        {hasMore ? t("table.more") : t("table.all", { count: rows.length })}
      </p>
    </div>
  );
}

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
