/**
 * The assistant's part of the page's JSON, both ways. Doors: {@link dev.revox.wire.assistant.AssistantReader}, {@link
 * dev.revox.wire.assistant.AssistantWriter}; only the rooms of {@code dev.revox.wire} use them. <b>Thread:</b> Immutable.
 */
@NullMarked
package dev.revox.wire.assistant;

import org.jspecify.annotations.NullMarked;
