/** JSON that language models write. Door: {@link dev.revox.agent.json.ModelJson}. */
@NullMarked
package dev.revox.agent.json;

import org.jspecify.annotations.NullMarked;
