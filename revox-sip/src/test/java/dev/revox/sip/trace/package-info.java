/** Tests of the room of the same name. */
@NullMarked
package dev.revox.sip.trace;

import org.jspecify.annotations.NullMarked;
