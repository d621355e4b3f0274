/**
 * What stands between an order and the person it would call: the store's list, the host's guards, the laws that the engine keeps.
 * Door: {@link dev.revox.admission.Guarding}.
 */
@NullMarked
package dev.revox.admission;

import org.jspecify.annotations.NullMarked;
