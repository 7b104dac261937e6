import type { Routes } from "../platform/http/index.ts";
import { ClockView, MoveClockBody, TestMailPage, TestMailQuery, TestModeView } from "./twin-schema.ts";
import type { TwinService } from "./twin-service.ts";

const reading = { access: { audience: "operator", scope: "test_mode:read" } } as const;
/** Safe to repeat by nature. */
const writing = { access: { audience: "operator", scope: "test_mode:write" }, idempotency: "none" } as const;
const moving = { access: { audience: "operator", scope: "test_clock:write" } } as const;
const tags = ["Test mode"];
const URL = "/api/v1/admin/test-mode";

/** The test twin: made, refreshed, moved in time and removed by the operator; its clock is read by everybody. */
export const twinRoutes =
  (twins: TwinService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: URL,
      config: reading,
      schema: {
        operationId: "getTestMode",
        tags,
        summary: "Get the test twin and what time it is there",
        response: { 200: TestModeView },
      },
      handler: (request) => twins.showTwin(request.ctx),
    });
    app.route({
      method: "POST",
      url: URL,
      config: { ...writing, successStatus: 201 },
      schema: {
        operationId: "makeTestTwin",
        tags,
        summary: "Make the test twin, where there is none yet",
        description:
          "A tenant of its own with the programme's plan, look and settings, in which no money moves, no mail is sent and no figure counts. The first test key makes it, too.",
        response: { 201: TestModeView },
      },
      handler: async (request, reply) => reply.code(201).send(await twins.makeTwin(request.ctx)),
    });
    app.route({
      method: "POST",
      url: `${URL}/refresh`,
      config: writing,
      schema: {
        operationId: "refreshTestTwin",
        tags,
        summary: "Give the test twin the settings of the live programme as they are now",
        description: "Its partners follow the plan. What has happened in it stays.",
        response: { 200: TestModeView },
      },
      handler: (request) => twins.refreshTwin(request.ctx),
    });
    app.route({
      method: "DELETE",
      url: URL,
      config: writing,
      schema: {
        operationId: "removeTestTwin",
        tags,
        summary: "Remove the test twin for good",
        description: "Its keys and links answer no more. The next that is asked for begins anew.",
        response: { 200: TestModeView },
      },
      handler: (request) => twins.endTwin(request.ctx),
    });
    app.route({
      method: "POST",
      url: `${URL}/clock`,
      config: moving,
      schema: {
        operationId: "moveTestClock",
        tags,
        summary: "Move the clock of the test twin forward",
        description:
          "By a test key with the scope, or a person. A job walks there day by day, and what was due in between is done in its order: holds end, periods close, schedules pay. `movingTo` is null once it is there.",
        body: MoveClockBody,
        response: { 200: TestModeView },
      },
      handler: (request) => twins.moveClock(request.ctx, { to: new Date(request.body.to) }),
    });
    app.route({
      method: "GET",
      url: `${URL}/mails`,
      config: reading,
      schema: {
        operationId: "listTestMails",
        tags,
        summary: "List what the test twin would have mailed",
        description: "Kept for 30 days of its clock.",
        querystring: TestMailQuery,
        response: { 200: TestMailPage },
      },
      handler: (request) => twins.findTestMails(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/clock",
      config: {
        access: { audience: "either", scopes: { partner: "own:profile:read", operator: "program:read" } },
      },
      schema: {
        operationId: "getClock",
        tags,
        summary: "Get the mode of the credential, and what time it is there",
        response: { 200: ClockView },
      },
      handler: (request) => twins.showClock(request.ctx),
    });
  };
