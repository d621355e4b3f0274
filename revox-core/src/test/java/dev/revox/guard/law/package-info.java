/** Tests of the calling laws. */
@NullMarked
package dev.revox.guard.law;

import org.jspecify.annotations.NullMarked;
