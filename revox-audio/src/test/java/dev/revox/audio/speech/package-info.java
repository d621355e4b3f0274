/** Sound for tests: recorded speech where it is installed, made-up voices everywhere. */
@NullMarked
package dev.revox.audio.speech;

import org.jspecify.annotations.NullMarked;
