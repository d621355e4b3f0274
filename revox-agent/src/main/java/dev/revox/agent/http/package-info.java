/**
 * Requests to providers over {@code java.net.http}: HTTP/1.1 so that a cancel closes its own connection, answers pushed
 * with back-pressure, sizes bounded. Doors: {@link dev.revox.agent.http.ProviderHttp}, {@link
 * dev.revox.agent.http.Refusals}.
 */
@NullMarked
package dev.revox.agent.http;

import org.jspecify.annotations.NullMarked;
