import { type Clock, instantOf } from "../kernel/clock.ts";

/**
 * The time of the machine, not of a tenant whose clock was moved: what goes to other machines is due, signed and given up by the time that they
 * have as well.
 */
export const machineTime = (clock: Clock): Date => instantOf(clock, 0);
