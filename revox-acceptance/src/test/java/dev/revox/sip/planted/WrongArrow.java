package dev.revox.sip.planted;

/** Planted: an arrow between modules that must not be. */
public final class WrongArrow {

    public Class<?> target() {
        return dev.revox.agent.llm.LanguageModel.class;
    }
}
