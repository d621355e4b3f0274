/** Tests of the SIP line, from its doors. */
@NullMarked
package dev.revox.sip;

import org.jspecify.annotations.NullMarked;
