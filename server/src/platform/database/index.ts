export { bigintArray, integerArray, jsonbArray, textArray, timestamptzArray, uuidArray } from "./binary-arrays.ts";
export type {
  ApiKeyRow,
  CallerState,
  ClickRow,
  JobFigures,
  LinkRow,
  NewSubOperator,
  OutboxFigures,
  OutboxRow,
  SessionRow,
  SubOperatorSale,
  TenantRow,
  TwinRow,
} from "./crossings.ts";
export {
  claimOutboxEvents,
  copyToTwin,
  countSubOperatorPartners,
  createOperator,
  createSubOperator,
  createTwin,
  domainHolder,
  findApiKey,
  findLink,
  findSession,
  findSubOperatorDebts,
  findSubOperatorRoots,
  findSubOperatorSales,
  findSubOperatorUntold,
  findSubOperatorUntoldProducts,
  findTwin,
  forgetOutboxEvents,
  insertClicks,
  listTenants,
  postponeOutboxEvent,
  readCallerStates,
  readJobFigures,
  readOutboxFigures,
  removeTwin,
  retryOutboxEvents,
  setSubOperator,
  settleOutboxEvents,
  tenantsForHosts,
} from "./crossings.ts";
export type { Database } from "./database.ts";
export { openDatabase, violatedConstraint } from "./database.ts";
export { recordIdleRuns, tenantsToCheckDomains, tenantsToRollUp, tenantsToSeal } from "./due-tenants.ts";
export { deleteAnswers, IdempotentReplay, idempotencyErrors } from "./idempotency.ts";
export { likeOf } from "./like-pattern.ts";
export { createListener, type Listener } from "./listener.ts";
export { isJobQueueInstalled, JOBS_SCHEMA, knownMigrations, migrate, SCHEMA, SERVER_ROLE } from "./migrate.ts";
export type { Page, PageRequest, SortColumn } from "./page.ts";
export { pageOfRows, selectPage } from "./page.ts";
export { planOnce } from "./prepared-statements.ts";
export { sqlState } from "./sql-state.ts";
export type { DB } from "./tables.ts";
export type { ReadTx, Tx } from "./tx.ts";
export { databaseErrors, isUnavailable } from "./unavailable.ts";
