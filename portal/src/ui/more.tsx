import { Button } from "@mantine/core";
import { t } from "../i18n/messages.ts";

type MoreProps = {
  readonly list: { readonly hasMore: boolean; readonly isFetching: boolean; readonly loadMore: () => void };
};

/** Below a list that is read piece by piece: the next ones, where there are any. */
export const More = ({ list: { hasMore, isFetching, loadMore } }: MoreProps) =>
  hasMore ? (
    <Button variant="default" size="compact-sm" disabled={isFetching} onClick={loadMore}>
      {t("timeline.more")}
    </Button>
  ) : null;
