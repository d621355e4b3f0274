/** Tests of this room. */
@NullMarked
package dev.revox.sip.failure;

import org.jspecify.annotations.NullMarked;
