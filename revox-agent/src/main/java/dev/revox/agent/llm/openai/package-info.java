/**
 * Language models that speak OpenAI's chat completions; the only room with the OpenAI SDK. Doors: {@link
 * dev.revox.agent.llm.openai.OpenAiChatModel} for one model, {@link dev.revox.agent.llm.openai.OpenAiModels} for whatever an
 * assistant names. Answers arrive on virtual threads.
 */
@NullMarked
package dev.revox.agent.llm.openai;

import org.jspecify.annotations.NullMarked;
