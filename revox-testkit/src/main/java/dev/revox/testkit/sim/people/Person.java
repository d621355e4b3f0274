package dev.revox.testkit.sim.people;

import dev.revox.phone.PhoneNumber;
import java.time.ZoneId;

/**
 * Somebody with a telephone.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param zone where the number says that they live
 * @param homeFrom the hour of the day from which they pick up more often
 * @param homeUntil the hour from which they do so no more
 */
public record Person(PhoneNumber number, ZoneId zone, int homeFrom, int homeUntil) {}
