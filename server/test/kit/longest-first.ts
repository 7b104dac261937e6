import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, longest first: begun last, one of them would keep one worker while the others have nothing left to do. */
const LONGEST = [
  "portal/test/pages.test.ts",
  "server/test/scenarios/cdnow/cdnow.test.ts",
  "server/test/bad-input/every-field.test.ts",
  "portal/test/troubles.test.ts",
  "server/test/isolation/ids-of-others.test.ts",
  "portal/test/security.test.ts",
  "portal/test/leads.test.ts",
  "portal/test/desk.test.ts",
  "server/test/faults/kill-payouts.test.ts",
  "server/test/faults/kill-during-payouts.test.ts",
  "server/src/app/backup/backup.test.ts",
  "server/test/authz/routes-and-actors.test.ts",
  "server/src/app/runtime/start.test.ts",
  "server/src/app/runtime/start-elsewhere.test.ts",
  "server/src/app/runtime/start-demo.test.ts",
  "server/test/scenarios/operations.test.ts",
  "server/test/faults/disk-full.test.ts",
  "server/test/faults/kill-batches.test.ts",
  "server/test/faults/kill-during-clicks.test.ts",
  "server/test/faults/database-restarts.test.ts",
  "server/test/scenarios/eighteen-months.test.ts",
  "portal/test/journey.test.ts",
  "portal/test/brand.test.ts",
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONGEST.findIndex((path) => moduleId.endsWith(path));
  return rank === -1 ? LONGEST.length : rank;
};

/** Begins with the longest files; the others come as vitest has them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
