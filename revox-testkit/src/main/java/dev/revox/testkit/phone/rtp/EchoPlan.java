package dev.revox.testkit.phone.rtp;

import java.time.Duration;

/**
 * What a telephone sends back of what it hears.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param returnLossDb how much weaker
 * @param delay how much later
 */
public record EchoPlan(double returnLossDb, Duration delay) {}
