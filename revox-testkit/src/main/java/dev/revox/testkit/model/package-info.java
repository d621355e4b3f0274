/**
 * A model checker of conversations: everything that can happen in a call happens in random order, and every call must still end
 * once and leave nothing behind. Door: {@link dev.revox.testkit.model.ModelCheck}.
 */
@NullMarked
package dev.revox.testkit.model;

import org.jspecify.annotations.NullMarked;
