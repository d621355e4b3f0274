/** Providers that do in virtual time what a script tells them: model, voice and recogniser. */
@NullMarked
package dev.revox.testkit.script.provider;

import org.jspecify.annotations.NullMarked;
