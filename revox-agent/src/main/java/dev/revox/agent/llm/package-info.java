/** Language models. Door: {@link dev.revox.agent.llm.LanguageModel}. */
@NullMarked
package dev.revox.agent.llm;

import org.jspecify.annotations.NullMarked;
