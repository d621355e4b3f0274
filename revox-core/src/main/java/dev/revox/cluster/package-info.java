/**
 * Who of the engines on one store is alive. Door: {@link dev.revox.cluster.NodeKeeper}. It counts for this engine, watches the
 * others, and says when somebody's attempts have lost their owner. It decides about nodes only; what becomes of their orders is
 * decided in {@code dispatch}.
 */
@NullMarked
package dev.revox.cluster;

import org.jspecify.annotations.NullMarked;
