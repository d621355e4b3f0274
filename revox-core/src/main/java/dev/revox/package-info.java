/** The front door: what a host sees. */
@NullMarked
package dev.revox;

import org.jspecify.annotations.NullMarked;
