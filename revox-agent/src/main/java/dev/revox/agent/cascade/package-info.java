/**
 * A conversation through recogniser, language model and synthesiser. Door: {@link
 * dev.revox.agent.cascade.CascadedConversation}.
 */
@NullMarked
package dev.revox.agent.cascade;

import org.jspecify.annotations.NullMarked;
