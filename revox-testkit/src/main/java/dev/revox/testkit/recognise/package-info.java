/**
 * A recogniser for a closed set of recorded sentences, which hears only what is really in the sound. Door: {@link
 * dev.revox.testkit.recognise.PhraseRecogniser}.
 *
 * <p>It exists so that a fault in a media path shows as a wrong or a missing word. It shares no code with the product.
 */
@NullMarked
package dev.revox.testkit.recognise;

import org.jspecify.annotations.NullMarked;
