/** Signing who calls (STIR/SHAKEN): the port, and a signer with a key of one's own. */
@NullMarked
package dev.revox.sip.identity;

import org.jspecify.annotations.NullMarked;
