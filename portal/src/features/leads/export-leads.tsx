import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { t } from "../../i18n/messages.ts";
import { describeError } from "../../ui/describe-error.ts";
import { download } from "../../ui/download.ts";
import { toast } from "../../ui/toast.tsx";

/** The list as a file, filtered and sorted as it is shown; whether the address says so rightly, the server knows. */
export function ExportLeads({ filters }: { readonly filters: Readonly<Record<string, string | undefined>> }) {
  const { isPartner } = useMe();
  const make = useMutation({
    mutationFn: async () => {
      const input = { query: filters as object };
      download(isPartner ? await api.exportLeads(input) : await api.exportAllLeads(input), "leads.csv");
    },
    onError: (error) => toast(describeError(error).title),
  });
  return (
    <Button variant="default" disabled={make.isPending} onClick={() => make.mutate()}>
      {t("lead.export")}
    </Button>
  );
}
