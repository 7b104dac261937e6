import type { Ctx } from "../platform/context.ts";
import { requireScope } from "../platform/context.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { certificatePdf } from "./certificate-pdf.ts";
import { findErasure } from "./erasure-repository.ts";
import type { ExportFile } from "./export-subject.ts";
import type { PrivacyDeps } from "./privacy-deps.ts";
import { privacyErrors } from "./privacy-errors.ts";

/** The certificate of an erasure as PDF. Throws `privacy.certificate_not_ready` before it has been carried out. */
export const getCertificate =
  (deps: PrivacyDeps) =>
  async (ctx: Ctx, { id }: { readonly id: string }): Promise<ExportFile> => {
    requireScope(ctx, "privacy:read");
    const certified = await deps.db.read(ctx, async (tx) => {
      const erasure = await findErasure(tx, id);
      if (erasure === undefined) throw privacyErrors.erasure_not_found();
      const { certificate, erasedAt } = erasure;
      if (certificate === null || erasedAt === null) throw privacyErrors.certificate_not_ready();
      const { name: programme } = await findOwnTenant(tx, deps.publicUrl);
      return { ...erasure, certificate, erasedAt, programme };
    });
    const content = await certificatePdf(certified);
    return { name: `certificate-of-erasure-${id}.pdf`, contentType: "application/pdf", content };
  };
