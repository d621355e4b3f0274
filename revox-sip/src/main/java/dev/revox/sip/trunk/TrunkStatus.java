package dev.revox.sip.trunk;

/**
 * How a trunk is doing.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param down it has not answered three pings in a row, so others are tried first
 * @param registered it has registered us; false also where none was asked for
 * @param callsPerSecond allowed at present, infinite unless the trunk has complained
 */
public record TrunkStatus(String name, boolean down, boolean registered, double callsPerSecond) {}
