/** Tests of this room. */
@NullMarked
package dev.revox.sip.digest;

import org.jspecify.annotations.NullMarked;
