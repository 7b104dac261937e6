import { ShortId } from "../ui/short-id.tsx";
import { SideDrawer } from "../ui/side-drawer.tsx";
import { useRowKeys } from "../ui/use-row-keys.ts";
import { useUrlState } from "./url-state.ts";

type RowDrawerProps = {
  readonly title: string;
  /** Behind the title stands the beginning of the id, by which people name it to each other. */
  readonly hasId?: boolean;
  readonly rows: readonly { readonly id: string }[];
  /** What is shown of the row; nothing, and the drawer stays shut. */
  readonly children: (id: string) => React.ReactNode;
};

/** The row of a list that the address names, beside the list; `j` and `k` step through the rows. */
export function RowDrawer({ title, hasId = false, rows, children }: RowDrawerProps) {
  const { search, change, close } = useUrlState();
  const id = search.open;
  useRowKeys({ rows, openId: id, onStep: (open) => change({ open }) });
  const shown = id === undefined ? null : children(id);
  return (
    <SideDrawer
      title={
        hasId ? (
          <>
            {title} {id ? <ShortId id={id} /> : null}
          </>
        ) : (
          title
        )
      }
      isOpen={shown !== null}
      onClose={close}
    >
      {shown}
    </SideDrawer>
  );
}
