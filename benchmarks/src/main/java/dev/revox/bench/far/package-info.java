/**
 * The far end of engines that are measured without a network: people who are called and make no sound, an agent that makes none
 * either, and the words in which an engine's process tells its parent what it does.
 */
@NullMarked
package dev.revox.bench.far;

import org.jspecify.annotations.NullMarked;
