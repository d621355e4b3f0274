/** TLS towards trunks: whom we trust and who we say we are. Door: {@link dev.revox.sip.tls.SipTls}. */
@NullMarked
package dev.revox.sip.tls;

import org.jspecify.annotations.NullMarked;
