import { Button } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { toast } from "../../ui/toast.tsx";

/** The looks before this one, each with the way back to it. */
export function BrandVersions({
  branding: { version, earlier },
  mayChange,
}: {
  readonly branding: Output<"getBranding">;
  readonly mayChange: boolean;
}) {
  const restore = useAct("restoreBranding", {
    touches: ["getBranding"],
    onDone: () => toast(t("branding.saved")),
  });
  if (earlier.length === 0) return null;
  return (
    <Panel title={t("branding.earlier")}>
      {restore.error ? <Problem error={restore.error} /> : null}
      <Facts
        facts={earlier.map((one) => [
          t("branding.version", { number: one.version }),
          <span key={one.version}>
            {one.name} · {one.savedAt === null ? null : <Moment at={one.savedAt} />}{" "}
            {mayChange ? (
              <Button
                variant="default"
                disabled={restore.isPending}
                onClick={() => restore.mutate({ body: { version, restores: one.version } })}
              >
                {t("branding.restore")}
              </Button>
            ) : null}
          </span>,
        ])}
      />
    </Panel>
  );
}
