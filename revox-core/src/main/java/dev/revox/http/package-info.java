/**
 * Requests to addresses that others choose (tools, webhooks), behind a guard against requests to our own network.
 *
 * <p>Door: {@link dev.revox.http.OutgoingHttp}; ports: {@link dev.revox.http.HostResolver}, {@link dev.revox.http.Connector}. A name
 * is resolved once, every address is judged, and the connection goes to the very address that was judged. <b>Thread:</b> each
 * request runs on a virtual thread of its own.
 */
@NullMarked
package dev.revox.http;

import org.jspecify.annotations.NullMarked;
