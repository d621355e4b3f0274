/** JSON from and to providers, within limits. Door: {@link dev.revox.agent.json.Json}; Jackson stays inside. */
@NullMarked
package dev.revox.agent.json;

import org.jspecify.annotations.NullMarked;
