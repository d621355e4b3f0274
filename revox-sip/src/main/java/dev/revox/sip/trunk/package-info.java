/**
 * Trunks at work: which one a call goes out by, and which of its targets, until one takes it. Doors: {@link
 * dev.revox.sip.trunk.TrunkPlan}, {@link dev.revox.sip.trunk.Hunt}.
 */
@NullMarked
package dev.revox.sip.trunk;

import org.jspecify.annotations.NullMarked;
