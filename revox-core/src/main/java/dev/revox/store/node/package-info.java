/** The engines that work on one store, and who of them is alive. Doors: {@link dev.revox.store.node.NodeId}, {@link dev.revox.store.node.NodeRegistry}. */
@NullMarked
package dev.revox.store.node;

import org.jspecify.annotations.NullMarked;
