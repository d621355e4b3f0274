/** Tests of {@code dev.revox.http}. */
@NullMarked
package dev.revox.http;

import org.jspecify.annotations.NullMarked;
