import { changeLead, noteOnLead, noteOnLeadFor, renewLead, renewLeadFor } from "./change-lead.ts";
import { changeLeadSettings, getLeadRules, getLeadSettings } from "./change-settings.ts";
import { acceptLead, declineLead } from "./decide-lead.ts";
import { endLeads } from "./end-leads.ts";
import { exportLeads, exportLeadsFor } from "./export-leads.ts";
import { findLeads, getLead, getLeadFor, getLeads } from "./find-leads.ts";
import type { LeadDeps } from "./lead-deps.ts";
import { registerLead } from "./register-lead.ts";
import { tieLeads } from "./tie-leads.ts";

/** Deals that partners register, and for how long each is held for whom. */
export const createLeadService = (deps: LeadDeps) => ({
  registerLead: registerLead(deps),
  changeLead: changeLead(deps),
  renewLead: renewLead(deps),
  renewLeadFor: renewLeadFor(deps),
  noteOnLead: noteOnLead(deps),
  noteOnLeadFor: noteOnLeadFor(deps),
  acceptLead: acceptLead(deps),
  declineLead: declineLead(deps),
  getLeads: getLeads(deps),
  findLeads: findLeads(deps),
  getLead: getLead(deps),
  getLeadFor: getLeadFor(deps),
  exportLeads: exportLeads(deps),
  exportLeadsFor: exportLeadsFor(deps),
  getLeadRules: getLeadRules(deps),
  getLeadSettings: getLeadSettings(deps),
  changeLeadSettings: changeLeadSettings(deps),
  endLeads: endLeads(deps),
  /** After commit, of every event. */
  tieLeads: tieLeads(deps),
});

export type LeadService = ReturnType<typeof createLeadService>;
