/** Tests of the room of the same name. */
@NullMarked
package dev.revox.sip.srtp;

import org.jspecify.annotations.NullMarked;
