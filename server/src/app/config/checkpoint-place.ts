import { bucketPlace, type CheckpointPlace, folderPlace } from "../../audit/index.ts";
import type { Config } from "./config.ts";

/** The place that the settings name for checkpoints of the audit trail. */
export const checkpointPlaceOf = ({
  auditCheckpoints,
}: Pick<Config, "auditCheckpoints">): CheckpointPlace | undefined => {
  if (auditCheckpoints === undefined) return undefined;
  return auditCheckpoints.kind === "folder" ? folderPlace(auditCheckpoints.folder) : bucketPlace(auditCheckpoints);
};
