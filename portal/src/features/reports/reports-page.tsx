import { lazy } from "react";
import { useMe } from "../../app/me.ts";

const PartnerReports = lazy(() => import("./partner-reports.tsx"));
const ProgramReports = lazy(() => import("./program-reports.tsx"));

export default function ReportsPage() {
  return useMe().isPartner ? <PartnerReports /> : <ProgramReports />;
}
