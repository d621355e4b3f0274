/**
 * What every provider must keep to, as tests to inherit: {@link dev.revox.testkit.contract.LanguageModelContract}, {@link
 * dev.revox.testkit.contract.TextToSpeechContract}, {@link dev.revox.testkit.contract.SpeechToTextContract}. They need JUnit
 * 5, AssertJ and Awaitility on the class path.
 */
@NullMarked
package dev.revox.testkit.contract;

import org.jspecify.annotations.NullMarked;
