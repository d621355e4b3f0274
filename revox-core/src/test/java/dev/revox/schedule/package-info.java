/** Tests of {@code dev.revox.schedule}. */
@NullMarked
package dev.revox.schedule;

import org.jspecify.annotations.NullMarked;
