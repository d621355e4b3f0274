/**
 * What can be learnt of a conversation from what went over the wire: how soon was answered, how soon the agent fell silent, and which
 * of its words could be heard. Doors: {@link dev.revox.testkit.wire.WireLatency}, {@link dev.revox.testkit.wire.WordTones}, {@link
 * dev.revox.testkit.wire.LabelledTalk}; neighbours: the test telephone and the local providers.
 */
@NullMarked
package dev.revox.testkit.wire;

import org.jspecify.annotations.NullMarked;
