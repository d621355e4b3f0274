/**
 * B3 and B4: the machine's ear and the person's on six bad networks, in virtual time. Door: {@link
 * dev.revox.bench.ear.EarHarness}; neighbours: the jitter, playout and codec rooms of audio, the testkit's networks.
 */
@NullMarked
package dev.revox.bench.ear;

import org.jspecify.annotations.NullMarked;
