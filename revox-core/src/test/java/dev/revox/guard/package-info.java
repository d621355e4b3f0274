/** Tests of the guards. */
@NullMarked
package dev.revox.guard;

import org.jspecify.annotations.NullMarked;
