/**
 * JSON from and to providers and models, within limits. Doors: {@link dev.revox.agent.json.Json}, {@link dev.revox.agent.json.ModelJson};
 * Jackson stays inside.
 */
@NullMarked
package dev.revox.agent.json;

import org.jspecify.annotations.NullMarked;
