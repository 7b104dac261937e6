import type { Output } from "@tributary/sdk";

/** Opens Stripe's own forms where it still asks for something. It leads back to the step about the payout method. */
export function leaveForStripe({ onboardingUrl }: Output<"updatePaymentMethod">): void {
  if (onboardingUrl !== null) location.assign(onboardingUrl);
}
