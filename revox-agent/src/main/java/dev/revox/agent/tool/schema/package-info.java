/**
 * What arguments of a tool look like: told to the model as JSON schema, and checked when the model has written some. Door: {@link
 * dev.revox.agent.tool.schema.Shape}. <b>Thread:</b> everything here is immutable.
 */
@NullMarked
package dev.revox.agent.tool.schema;

import org.jspecify.annotations.NullMarked;
