/** Tests of {@code dev.revox.template}. */
@NullMarked
package dev.revox.template;

import org.jspecify.annotations.NullMarked;
