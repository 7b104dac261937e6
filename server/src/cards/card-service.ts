import { orderLater } from "../revenue/index.ts";
import { authorizePurchase } from "./authorize-purchase.ts";
import type { CardDeps } from "./card-deps.ts";
import { cardPersonalData } from "./card-personal-data.ts";
import { changeAnyCard, changeOwnCard } from "./change-card.ts";
import { changeUser } from "./change-user.ts";
import { connectProgram, switchProgram } from "./connect-program.ts";
import { closeProduct, createCustomCardProduct } from "./create-product.ts";
import { createPartnerUser } from "./create-user.ts";
import {
  findAuthorizations,
  findCards,
  findOwnCards,
  findOwnSpends,
  findSpends,
  findUsers,
  getOwnCard,
  getUser,
} from "./find-cards.ts";
import { findOwnProducts, findProducts, findPrograms } from "./find-programs.ts";
import { issueCard } from "./issue-card.ts";
import { createKnownPrograms } from "./known-programs.ts";
import { createMarqetaIssuer } from "./marqeta-issuer.ts";
import { marqetaWire } from "./marqeta-wire.ts";
import { sendRequest, wakeRequests } from "./send-request.ts";
import { storeMessage, takeNews } from "./take-news.ts";
import { giveTestCards } from "./test-cards.ts";
import { createTestIssuer, TEST_ISSUER } from "./test-issuer.ts";
import { makeTestNews, makeTestPurchase } from "./test-purchase.ts";

export type CardServiceDeps = Omit<CardDeps, "wire" | "openIssuer" | "orderLater"> & {
  /** Told why a purchase could not be decided; the issuer is told no. */
  readonly onError: (error: unknown) => void;
  /** Within what a purchase is answered; two seconds when not given. */
  readonly answerWithinMs?: number;
};

/** Cards that partners issue to the users that they bring, and what is spent with them. */
export function createCardService({ onError, answerWithinMs, ...given }: CardServiceDeps) {
  const openIssuer: CardDeps["openIssuer"] = (access) =>
    access.baseUrl === TEST_ISSUER ? createTestIssuer() : createMarqetaIssuer(access);
  const deps: CardDeps = { ...given, wire: marqetaWire, openIssuer, orderLater };
  const programs = createKnownPrograms(deps);
  const patience = answerWithinMs === undefined ? {} : { withinMs: answerWithinMs };
  return {
    connectProgram: connectProgram(deps),
    switchProgram: switchProgram(deps),
    findPrograms: findPrograms(deps),
    createCustomCardProduct: createCustomCardProduct(deps),
    closeProduct: closeProduct(deps),
    findProducts: findProducts(deps),
    findOwnProducts: findOwnProducts(deps),

    createUser: createPartnerUser(deps),
    changeUser: changeUser(deps),
    findUsers: findUsers(deps),
    getUser: getUser(deps),

    issueCard: issueCard(deps),
    changeOwnCard: changeOwnCard(deps),
    changeAnyCard: changeAnyCard(deps),
    findOwnCards: findOwnCards(deps),
    findCards: findCards(deps),
    getOwnCard: getOwnCard(deps),
    findAuthorizations: findAuthorizations(deps),
    findOwnSpends: findOwnSpends(deps),
    findSpends: findSpends(deps),

    makeTestPurchase: makeTestPurchase(deps),
    makeTestNews: makeTestNews(deps),
    /** Inside listener. */
    giveTestCards: giveTestCards(deps),

    sendRequest: sendRequest(deps),
    wakeRequests: wakeRequests(deps),
    authorizePurchase: authorizePurchase(deps, programs, { onError, ...patience }),
    storeMessage: storeMessage(deps, programs),
    takeNews: takeNews(deps),
    personalData: cardPersonalData(deps),
  };
}

export type CardService = ReturnType<typeof createCardService>;
