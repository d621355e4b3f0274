/**
 * Tools that are HTTP endpoints, as an assistant's {@code custom_tools} describe them. Door: {@link
 * dev.revox.agent.tool.http.HttpTools}. Requests go through {@code dev.revox.http} with its guard. <b>Thread:</b> thread-safe.
 */
@NullMarked
package dev.revox.agent.tool.http;

import org.jspecify.annotations.NullMarked;
