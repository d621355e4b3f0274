/** What was said and done in a call. */
@NullMarked
package dev.revox.transcript;

import org.jspecify.annotations.NullMarked;
