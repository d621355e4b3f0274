/** Tests of {@code dev.revox.phone}. */
@NullMarked
package dev.revox.phone;

import org.jspecify.annotations.NullMarked;
